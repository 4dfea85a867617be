package reprise.tensor.reference;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import reprise.tensor.NativeFailure;
import reprise.tensor.Philox;
import reprise.tensor.SessionOptions;
import reprise.tensor.reference.Evaluator.Arg;

/** The choice of the next token of each row: {@code Incremental.SampleNext}. */
final class SampleEval {
  private static final int GREEDY = 0;
  private static final int TEMPERATURE = 1;
  private static final int MIN_P = 4;
  private static final int MIROSTAT = 6;

  private final Arg[] in;
  private final SessionOptions options;
  private final int stream;
  private final int vocab;
  private final int slots;
  private final int[] tokens;
  private final int[] start;
  private final int[] done;
  private final double[] memory;
  private final double[][] record = new double[3][];

  SampleEval(Arg[] in, SessionOptions options, int stream) {
    this.in = in;
    this.options = options;
    this.stream = stream;
    this.vocab = in[0].last();
    this.slots = in[1].last();
    this.tokens = in[1].i().clone();
    this.start = in[2].i().clone();
    this.done = in[3].i().clone();
    this.memory = in[4].f().clone();
    for (int k = 0; k < 3; k++) {
      record[k] = in[5 + k].f().clone();
    }
  }

  Object[] run() {
    for (int b = 0; b < start.length; b++) {
      if (done[b] == 0) {
        row(b);
      }
    }
    return new Object[] {tokens, start, done, memory, record[0], record[1], record[2]};
  }

  private void row(int b) {
    int p = start[b];
    if (p < 0 || p >= slots - 1) {
      throw new NativeFailure(
          "sample_next: row " + b + " stands at " + p + " of " + slots + " positions");
    }
    double[] x = Arrays.copyOfRange(in[0].f(), b * vocab, (b + 1) * vocab);
    double lse = LossEval.logSumExp(x, 0, vocab);
    double max = Arrays.stream(x).max().orElseThrow();
    double entropy = 0;
    for (double v : x) {
      entropy += Math.exp(v - lse) * (lse - v);
    }
    int next = p + 1 < in[8].i()[b] ? tokens[b * slots + p + 1] : choose(b, p, x);
    IndexOutOfRange.check(next, vocab, b);
    int at = b * slots + p + 1;
    tokens[at] = next;
    record[0][at] = x[next] - lse;
    record[1][at] = entropy;
    record[2][at] = Math.exp(max - lse);
    start[b] = p + 1;
    boolean generated = p + 1 >= in[8].i()[b];
    boolean stop = generated && IntStream.of(in[13].i()).anyMatch(s -> s == next);
    done[b] = stop || p + 2 >= Math.min(in[9].i()[b], slots) ? 1 : 0;
  }

  private int choose(int b, int p, double[] logits) {
    double[] z = logits.clone();
    double penalty = in[12].f()[4 * b + 3];
    for (int t = 0; t <= p && penalty != 1; t++) {
      int token = IndexOutOfRange.check(tokens[b * slots + t], vocab, t);
      double v = logits[token];
      z[token] = v > 0 ? v / penalty : v * penalty;
    }
    double[] free = z.clone();
    ban(b, p, z);
    if (Arrays.stream(z).allMatch(v -> v == Double.NEGATIVE_INFINITY)) {
      z = free;
    }
    double[] scaled = z;
    int kind = in[11].i()[2 * b];
    int best = IntStream.range(0, vocab).reduce(0, (i, j) -> scaled[j] > scaled[i] ? j : i);
    if (kind == GREEDY) {
      return best;
    }
    double temperature = in[12].f()[4 * b];
    double[] w = new double[vocab];
    Arrays.setAll(w, j -> Math.exp((scaled[j] - scaled[best]) / temperature));
    return draw(b, p, kind, w);
  }

  /** Tokens that would complete an n-gram of this row again, or a banned one. */
  private void ban(int b, int p, double[] z) {
    int n = in[11].i()[2 * b + 1];
    int row = b * slots;
    for (int i = 0; n > 0 && i + n - 1 <= p; i++) {
      if (Arrays.equals(tokens, row + i, row + i + n - 1, tokens, row + p - n + 2, row + p + 1)) {
        z[tokens[row + i + n - 1]] = Double.NEGATIVE_INFINITY;
      }
    }
    int length = in[14].last();
    int[] banned = in[14].i();
    for (int g = 0; g < banned.length && length - 1 <= p + 1; g += length) {
      int last = banned[g + length - 1];
      if (last >= 0
          && last < vocab
          && Arrays.equals(banned, g, g + length - 1, tokens, row + p + 2 - length, row + p + 1)) {
        z[last] = Double.NEGATIVE_INFINITY;
      }
    }
  }

  private int draw(int b, int p, int kind, double[] w) {
    double first = in[12].f()[4 * b + 1];
    double total = Arrays.stream(w).sum();
    int[] order = IntStream.range(0, vocab).toArray();
    int n = vocab;
    if (kind == MIN_P) {
      order = IntStream.of(order).filter(j -> w[j] >= Math.min(first, 1)).toArray();
      n = order.length;
    } else if (kind != TEMPERATURE) {
      order =
          IntStream.of(order)
              .boxed()
              .sorted(Comparator.comparingDouble((Integer j) -> -w[j]))
              .mapToInt(Integer::intValue)
              .toArray();
      double[] sorted = IntStream.of(order).mapToDouble(j -> w[j] / total).toArray();
      n = Truncation.kept(kind, first, memory[b], sorted);
    }
    double kept = 0;
    for (int i = 0; i < n; i++) {
      kept += w[order[i]];
    }
    double target = uniform(in[10].i()[b], p + 1) * kept;
    double sum = 0;
    int chosen = order[n - 1];
    for (int i = 0; i < n; i++) {
      sum += w[order[i]];
      if (sum > target) {
        chosen = order[i];
        break;
      }
    }
    if (kind == MIROSTAT) {
      double surprise = -Math.log(w[chosen] / total) / Math.log(2);
      memory[b] -= in[12].f()[4 * b + 2] * (surprise - first);
    }
    return chosen;
  }

  /** 53 bits of Philox at (position, identity, stream, run). */
  private double uniform(int identity, int position) {
    int[] word = new int[4];
    Philox.block(options.seed(), position, identity, stream, options.run(), word);
    return ((word[0] >>> 5) * 0x1p26 + (word[1] >>> 6)) * 0x1p-53;
  }
}
