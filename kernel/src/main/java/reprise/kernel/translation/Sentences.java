package reprise.kernel.translation;

import java.util.Arrays;
import reprise.dsl.translation.Grammar;
import reprise.tensor.Philox;

/**
 * Sentence pairs of a grammar, from Philox. Word i of the source is token i + 1; so is that of the
 * target. Dictionary of a word: the word before it in the source, modulo the number of senses; the
 * first word has that of word 0.
 */
final class Sentences {
  private static final int DICTIONARIES = 200;
  private static final int WORDS = 201;

  private final Grammar grammar;
  private final int[][] dictionaries;
  private final double[] cumulative;

  Sentences(Grammar grammar) {
    this.grammar = grammar;
    int v = grammar.words().count();
    dictionaries = new int[grammar.senses()][v];
    Words draws = new Words(grammar.seed(), DICTIONARIES);
    for (int[] dictionary : dictionaries) {
      Arrays.setAll(dictionary, i -> i);
      for (int i = v - 1; i > 0; i--) { // Fisher and Yates
        int j = (int) (draws.uniform() * (i + 1));
        int swapped = dictionary[i];
        dictionary[i] = dictionary[j];
        dictionary[j] = swapped;
      }
    }
    cumulative = new double[v];
    double sum = 0;
    for (int i = 0; i < v; i++) {
      sum += 1.0 / (i + 1);
      cumulative[i] = sum;
    }
    for (int i = 0; i < v; i++) {
      cumulative[i] /= sum;
    }
  }

  /** Pairs as {@link reprise.tensor.model.PairSet} holds them. */
  record Pairs(int[] sources, int[] targets) {}

  /**
   * That many pairs.
   *
   * @param seed of the sentences; the dictionaries are the grammar's
   */
  Pairs draw(long seed, int count) {
    int n = grammar.length();
    int t = grammar.targets();
    int v = grammar.words().count();
    int[] sources = new int[count * n + 1];
    int[] targets = new int[count * t + 1];
    Words draws = new Words(seed, WORDS);
    int[] sentence = new int[n];
    for (int pair = 0; pair < count; pair++) {
      for (int i = 0; i < n; i++) {
        sentence[i] = word(draws.uniform());
        sources[pair * n + i] = sentence[i] + 1;
      }
      for (int j = 0; j < n; j++) { // targets[pair t] stays 0: begin, and end of the one before
        int translated =
            draws.uniform() < grammar.noise()
                ? (int) (draws.uniform() * v)
                : translate(sentence, n - 1 - j);
        targets[pair * t + 1 + j] = translated + 1;
      }
    }
    return new Pairs(sources, targets);
  }

  /** The word at a place of a sentence, in the sense that the word before it gives. */
  int translate(int[] sentence, int at) {
    int before = at == 0 ? 0 : sentence[at - 1];
    return dictionaries[before % dictionaries.length][sentence[at]];
  }

  private int word(double u) {
    int at = Arrays.binarySearch(cumulative, u);
    return Math.min(cumulative.length - 1, at >= 0 ? at + 1 : -at - 1);
  }

  /** Numbers in [0, 1), one word of a block each. */
  private static final class Words {
    private final long seed;
    private final int stream;
    private final int[] block = new int[4];
    private int next;

    Words(long seed, int stream) {
      this.seed = seed;
      this.stream = stream;
    }

    double uniform() {
      if (next % 4 == 0) {
        Philox.block(seed, next / 4, 0, stream, 0, block);
      }
      return (block[next++ % 4] & 0xFFFFFFFFL) * 0x1p-32;
    }
  }
}
