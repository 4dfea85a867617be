package reprise.tensor.reference;

import reprise.tensor.Philox;
import reprise.tensor.SessionOptions;
import reprise.tensor.ir.Examples;
import reprise.tensor.ir.Shape;
import reprise.tensor.reference.Evaluator.Arg;

/** Minibatches by counter. */
final class ExamplesEval {
  private ExamplesEval() {}

  static Object[] evaluate(Examples op, Arg[] in, SessionOptions options) {
    return switch (op) {
      case Examples.Batch b -> batch(b, in[0].i()[0], options);
      case Examples.Labels _ -> {
        int[] index = in[1].i();
        int[] y = new int[index.length];
        for (int i = 0; i < y.length; i++) {
          y[i] = in[0].i()[IndexOutOfRange.check(index[i], in[0].i().length, i)];
        }
        yield new Object[] {y};
      }
      case Examples.NoisyLabels n -> {
        int[] y = in[0].i().clone();
        int[] w = new int[4];
        for (int i = 0; i < y.length; i++) {
          Philox.block(options.seed(), in[1].i()[i], in[3].i()[0], n.stream(), options.run(), w);
          if ((w[0] & 0xFFFFFFFFL) * 0x1p-32 < in[2].f()[0]) {
            y[i] = below(w[1], n.classes());
          }
        }
        yield new Object[] {y};
      }
      case Examples.Correct _ -> {
        double[] y = new double[in[1].i().length];
        int classes = in[0].last();
        for (int i = 0; i < y.length; i++) {
          int best = 0;
          for (int j = 1; j < classes; j++) {
            best = in[0].f()[i * classes + j] > in[0].f()[i * classes + best] ? j : best;
          }
          y[i] = best == in[1].i()[i] ? 1 : 0;
        }
        yield new Object[] {y};
      }
      case Examples.Augment a -> new Object[] {augment(a, in, options)};
      case Examples.Retell r -> RetellEval.evaluate(r, in, options);
    };
  }

  static int below(int word, int n) {
    return (int) ((word & 0xFFFFFFFFL) * n >>> 32);
  }

  private static Object[] batch(Examples.Batch op, int step, SessionOptions options) {
    int n = op.examples();
    int[] index = new int[op.batch()];
    double[] weight = new double[op.batch()];
    int[] w = new int[4];
    for (int b = 0; b < index.length; b++) {
      long p = (step & 0xFFFFFFFFL) * op.batch() + b;
      weight[b] = 1;
      switch (op.order()) {
        case INDEPENDENT -> {
          Philox.block(options.seed(), b, step, op.stream(), options.run(), w);
          index[b] = below(w[0], n);
        }
        case SHUFFLED -> index[b] = place(op, (int) (p / n), (int) (p % n), options);
        case SHUFFLED_WHOLE_BATCHES -> {
          long whole = (long) n / op.batch() * op.batch();
          index[b] = place(op, (int) (p / whole), (int) (p % whole), options);
        }
        case IN_ORDER -> {
          index[b] = (int) Math.min(p, n - 1);
          weight[b] = p < n ? 1 : 0;
        }
      }
    }
    return new Object[] {index, weight};
  }

  /** What the permutation of an epoch has at a place. */
  private static int place(Examples.Batch op, int epoch, int at, SessionOptions options) {
    int[] key = new int[8];
    int[] w = new int[4];
    for (int half = 0; half < 2; half++) {
      Philox.block(options.seed(), half, epoch, op.stream(), options.run(), w);
      System.arraycopy(w, 0, key, 4 * half, 4);
    }
    int bits = (33 - Integer.numberOfLeadingZeros(op.examples() - 1)) / 2;
    bits = Math.max(1, bits);
    int mask = (1 << bits) - 1;
    int x = at;
    do {
      int left = x >>> bits;
      int right = x & mask;
      for (int k : key) {
        int next = left ^ mix(right ^ k) & mask;
        left = right;
        right = next;
      }
      x = left << bits | right;
    } while (x >= op.examples());
    return x;
  }

  private static int mix(int x) {
    x ^= x >>> 16;
    x *= 0x85ebca6b;
    x ^= x >>> 13;
    x *= 0xc2b2ae35;
    return x ^ x >>> 16;
  }

  private static double[] augment(Examples.Augment op, Arg[] in, SessionOptions options) {
    Shape s = in[0].type().shape();
    double[] y = new double[s.size()];
    int[] w = new int[4];
    for (int n = 0; n < s.dim(0); n++) {
      Philox.block(options.seed(), n, in[1].i()[0], op.stream(), options.run(), w);
      int down = below(w[0], 2 * op.shift() + 1) - op.shift();
      int along = below(w[1], 2 * op.shift() + 1) - op.shift();
      boolean mirror = op.flip() && w[2] < 0;
      for (int r = 0; r < s.dim(1); r++) {
        for (int q = 0; q < s.dim(2); q++) {
          int fromRow = r + down;
          int fromColumn = (mirror ? s.dim(2) - 1 - q : q) + along;
          if (fromRow < 0 || fromRow >= s.dim(1) || fromColumn < 0 || fromColumn >= s.dim(2)) {
            continue;
          }
          for (int c = 0; c < s.dim(3); c++) {
            y[((n * s.dim(1) + r) * s.dim(2) + q) * s.dim(3) + c] =
                in[0].f()[((n * s.dim(1) + fromRow) * s.dim(2) + fromColumn) * s.dim(3) + c];
          }
        }
      }
    }
    return y;
  }
}
