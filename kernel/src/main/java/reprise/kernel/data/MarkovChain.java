package reprise.kernel.data;

import reprise.dsl.data.Corpus;
import reprise.tensor.Philox;

/**
 * A Markov source in numbers: its transition table, stationary distribution and entropy rate.
 *
 * <p>V symbols; the next one depends on the last one alone, so that a row of the table is a symbol.
 */
public final class MarkovChain {
  /** Strength s of the interaction. */
  private static final double STRENGTH = 2;

  /** Largest change of the stationary distribution at which its iteration ends. */
  private static final double STATIONARY = 1e-15;

  private static final int MOST_ITERATIONS = 10_000;

  /** Stream of the generator that draws symbols; the factors of G use stream 1 to 4. */
  private static final int SYMBOL_STREAM = 9;

  private final int symbols;
  private final double[][] table;
  private final double[] stationary;

  private MarkovChain(double[][] table) {
    this.symbols = table.length;
    this.table = table;
    this.stationary = stationary(table);
  }

  /** The chain that a description names. */
  public static MarkovChain of(Corpus.Markov corpus) {
    int v = corpus.symbols().count();
    double[][] g = Interaction.matrix(corpus.source(), v);
    double[][] table = new double[v][];
    for (int i = 0; i < v; i++) {
      double[] logits = new double[v];
      for (int j = 0; j < v; j++) {
        // logits[i, j] = -ln(j + 1) + s G[i, j]
        logits[j] = -Math.log(j + 1) + STRENGTH * g[i][j];
      }
      table[i] = softmax(logits);
    }
    return new MarkovChain(table);
  }

  public int symbols() {
    return symbols;
  }

  /** Probability of a symbol after another. */
  public double probability(int last, int symbol) {
    return table[last][symbol];
  }

  /** The transition table [V, V], a row a last symbol, as 32-bit floats. */
  public float[] table() {
    float[] flat = new float[table.length * symbols];
    for (int i = 0; i < table.length; i++) {
      for (int j = 0; j < symbols; j++) {
        flat[i * symbols + j] = (float) table[i][j];
      }
    }
    return flat;
  }

  /** Entropy rate {@code h = -sum_i pi_i sum_j p_ij ln p_ij} in nats per symbol. */
  public double entropyRate() {
    double h = 0;
    for (int i = 0; i < table.length; i++) {
      double row = 0;
      for (double p : table[i]) {
        row -= p > 0 ? p * Math.log(p) : 0;
      }
      h += stationary[i] * row;
    }
    return h;
  }

  /**
   * Draws symbols from a stationary start.
   *
   * @param seed key of the counter-based generator
   * @param length symbols
   */
  public int[] sample(long seed, int length) {
    double[][] cumulative = new double[table.length][];
    for (int i = 0; i < table.length; i++) {
      cumulative[i] = cumulative(table[i]);
    }
    int[] out = new int[length];
    int[] words = new int[4];
    int last = -1;
    double[] start = cumulative(stationary);
    for (int t = 0; t < length; t++) {
      if (t % 4 == 0) {
        Philox.block(seed, t / 4, 0, SYMBOL_STREAM, 0, words);
      }
      double u = Philox.uniform(words[t % 4]);
      last = draw(last < 0 ? start : cumulative[last], u);
      out[t] = last;
    }
    return out;
  }

  private static double[] softmax(double[] logits) {
    double max = Double.NEGATIVE_INFINITY;
    for (double x : logits) {
      max = Math.max(max, x);
    }
    double sum = 0;
    double[] p = new double[logits.length];
    for (int i = 0; i < p.length; i++) {
      p[i] = Math.exp(logits[i] - max);
      sum += p[i];
    }
    for (int i = 0; i < p.length; i++) {
      p[i] /= sum;
    }
    return p;
  }

  // pi = pi P by iteration; every entry of P is positive, so it converges geometrically
  private static double[] stationary(double[][] table) {
    double[] pi = new double[table.length];
    java.util.Arrays.fill(pi, 1.0 / table.length);
    for (int iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
      double[] next = new double[pi.length];
      for (int i = 0; i < pi.length; i++) {
        for (int j = 0; j < pi.length; j++) {
          next[j] += pi[i] * table[i][j];
        }
      }
      double change = 0;
      for (int i = 0; i < pi.length; i++) {
        change = Math.max(change, Math.abs(next[i] - pi[i]));
      }
      pi = next;
      if (change < STATIONARY) {
        return pi;
      }
    }
    throw new IllegalStateException(
        "the stationary distribution did not settle in " + MOST_ITERATIONS + " iterations");
  }

  private static double[] cumulative(double[] p) {
    double[] c = new double[p.length];
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      sum += p[i];
      c[i] = sum;
    }
    c[p.length - 1] = 1;
    return c;
  }

  private static int draw(double[] cumulative, double u) {
    int at = java.util.Arrays.binarySearch(cumulative, u);
    // first index whose cumulative probability exceeds u
    return Math.min(at >= 0 ? at + 1 : -at - 1, cumulative.length - 1);
  }
}
