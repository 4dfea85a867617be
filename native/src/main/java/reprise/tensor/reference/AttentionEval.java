package reprise.tensor.reference;

import reprise.tensor.ir.Attention;
import reprise.tensor.reference.Evaluator.Arg;

/** Attention over separate queries, keys and values, and rotary positions. */
final class AttentionEval {
  private AttentionEval() {}

  static Object[] evaluate(Attention op, Arg[] in) {
    return switch (op) {
      case Attention.MultiHead a ->
          new Heads(in, lengths(in, 3), a.heads(), a.groups(), a.causal()).forward();
      case Attention.MultiHeadGrad a ->
          new Heads(in, lengths(in, 6), a.heads(), a.groups(), a.causal()).backward();
      case Attention.RotaryEmbedding r -> new Object[] {rotary(r, in)};
    };
  }

  private static int[] lengths(Arg[] in, int at) {
    int tk = in[1].type().shape().dim(1);
    if (in.length <= at) {
      int[] all = new int[in[0].type().shape().dim(0)];
      java.util.Arrays.fill(all, tk);
      return all;
    }
    int[] n = in[at].i();
    for (int b = 0; b < n.length; b++) {
      IndexOutOfRange.check(n[b], tk + 1, b);
    }
    return n;
  }

  /** Positions of one head's rows in the operands. */
  private record Heads(Arg[] in, int[] lengths, int heads, int groups, boolean causal) {
    int tq() {
      return in[0].type().shape().dim(1);
    }

    int tk() {
      return in[1].type().shape().dim(1);
    }

    int width() {
      return in[0].last() / heads;
    }

    int query(int b, int h, int t) {
      return ((b * tq() + t) * heads + h) * width();
    }

    int key(int b, int h, int t) {
      return ((b * tk() + t) * groups + h / (heads / groups)) * width();
    }

    int visible(int b, int t) {
      return causal ? Math.clamp((long) t + tk() - tq() + 1, 0, lengths[b]) : lengths[b];
    }

    Object[] forward() {
      double[] y = new double[in[0].f().length];
      double[] lse = new double[y.length / width()];
      double[] score = new double[tk()];
      int w = width();
      for (int b = 0; b < lengths.length; b++) {
        for (int h = 0; h < heads; h++) {
          for (int t = 0; t < tq(); t++) {
            int n = visible(b, t);
            if (n == 0) {
              continue;
            }
            int q = query(b, h, t);
            for (int s = 0; s < n; s++) {
              score[s] = AttendEval.dot(in[0].f(), q, in[1].f(), key(b, h, s), w) / Math.sqrt(w);
            }
            double l = LossEval.logSumExp(score, 0, n);
            lse[(b * heads + h) * tq() + t] = l;
            for (int s = 0; s < n; s++) {
              double p = Math.exp(score[s] - l);
              for (int j = 0; j < w; j++) {
                y[q + j] += p * in[2].f()[key(b, h, s) + j];
              }
            }
          }
        }
      }
      return new Object[] {y, lse};
    }

    /** ds = p (dy.v - y.dy) / sqrt(w); dq = ds k, dk = ds' q, dv = p' dy. */
    Object[] backward() {
      double[] q = in[0].f();
      double[] k = in[1].f();
      double[] v = in[2].f();
      double[] dy = in[5].f();
      double[] dq = new double[q.length];
      double[] dk = new double[k.length];
      double[] dv = new double[v.length];
      int w = width();
      double scale = 1 / Math.sqrt(w);
      for (int b = 0; b < lengths.length; b++) {
        for (int h = 0; h < heads; h++) {
          for (int t = 0; t < tq(); t++) {
            int at = query(b, h, t);
            double inner = AttendEval.dot(in[3].f(), at, dy, at, w);
            double l = in[4].f()[(b * heads + h) * tq() + t];
            for (int s = 0; s < visible(b, t); s++) {
              int to = key(b, h, s);
              double p = Math.exp(AttendEval.dot(q, at, k, to, w) * scale - l);
              double ds = p * (AttendEval.dot(dy, at, v, to, w) - inner) * scale;
              for (int j = 0; j < w; j++) {
                dq[at + j] += ds * k[to + j];
                dk[to + j] += ds * q[at + j];
                dv[to + j] += p * dy[at + j];
              }
            }
          }
        }
      }
      return new Object[] {dq, dk, dv};
    }
  }

  private static double[] rotary(Attention.RotaryEmbedding r, Arg[] in) {
    int time = in[0].type().shape().dim(1);
    int w = in[0].last() / r.heads();
    int half = r.rotated() / 2;
    double[] x = in[0].f().clone();
    for (int row = 0; row < in[0].rows(); row++) {
      int start = in.length == 2 ? in[1].i()[row / time] : 0;
      double position = (double) row % time + r.offset() + start;
      for (int head = 0; head < r.heads(); head++) {
        for (int i = 0; i < half; i++) {
          double angle = position * Math.pow(r.base(), -2.0 * i / r.rotated());
          double cos = Math.cos(angle);
          double sin = r.inverse() ? -Math.sin(angle) : Math.sin(angle);
          int a = (row * r.heads() + head) * w + (r.interleaved() ? 2 * i : i);
          int c = r.interleaved() ? a + 1 : a + half;
          double p = x[a];
          double q = x[c];
          x[a] = p * cos - q * sin;
          x[c] = p * sin + q * cos;
        }
      }
    }
    return x;
  }
}
