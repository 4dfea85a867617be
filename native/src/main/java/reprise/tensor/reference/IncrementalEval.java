package reprise.tensor.reference;

import java.util.Arrays;
import reprise.tensor.SessionOptions;
import reprise.tensor.ir.Incremental;
import reprise.tensor.ir.Shape;
import reprise.tensor.reference.Evaluator.Arg;

/** Decoding token by token, in double. */
final class IncrementalEval {
  private IncrementalEval() {}

  static Object[] evaluate(Incremental op, Arg[] in, SessionOptions options) {
    return switch (op) {
      case Incremental.Project p -> new Object[] {project(p.n(), in)};
      case Incremental.CacheAppend a -> new Object[] {append(a, in)};
      case Incremental.CacheAttend a -> new Object[] {attend(a, in)};
      case Incremental.TokensAt t -> new Object[] {tokens(t.time(), in)};
      case Incremental.PositionsAt p -> new Object[] {positions(p, in[0].i())};
      case Incremental.Advance a -> {
        int[] start = in[0].i().clone();
        for (int b = 0; b < start.length; b++) {
          start[b] = Math.max(start[b], Math.min(start[b] + a.by(), in[1].i()[b]));
        }
        yield new Object[] {start};
      }
      case Incremental.SampleNext s -> new SampleEval(in, options, s.stream()).run();
    };
  }

  private static double[] project(int n, Arg[] in) {
    int k = in[0].last();
    int rows = in[0].rows();
    double[] y = new double[rows * n];
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < n; j++) {
        double s = in.length == 3 ? in[2].f()[j] : 0;
        int panel = j / Incremental.PANEL * k * Incremental.PANEL + j % Incremental.PANEL;
        for (int i = 0; i < k; i++) {
          s += in[0].f()[r * k + i] * in[1].f()[panel + i * Incremental.PANEL];
        }
        y[r * n + j] = s;
      }
    }
    return y;
  }

  private static double[] append(Incremental.CacheAppend op, Arg[] in) {
    double[] cache = in[0].f().clone();
    Shape shape = in[0].type().shape();
    int groups = shape.dim(1);
    int slots = shape.dim(op.transposed() ? 3 : 2);
    int width = shape.dim(op.transposed() ? 2 : 3);
    int time = in[1].type().shape().dim(1);
    for (int b = 0; b < shape.dim(0); b++) {
      for (int c = 0; c < time; c++) {
        int at = op.offset() + in[2].i()[b] + c;
        for (int j = 0; j < groups * width && at >= 0 && at < slots; j++) {
          int head = (b * groups + j / width) * slots * width;
          int i = j % width;
          int to = op.transposed() ? i * slots + at : at * width + i;
          cache[head + to] = in[1].f()[(b * time + c) * groups * width + j];
        }
      }
    }
    return cache;
  }

  private static double[] attend(Incremental.CacheAttend op, Arg[] in) {
    Shape q = in[0].type().shape();
    Shape keys = in[1].type().shape();
    int groups = keys.dim(1);
    int w = keys.dim(2);
    int slots = keys.dim(3);
    double[] y = new double[q.size()];
    for (int row = 0; row < q.rows(); row++) {
      int b = row / q.dim(1);
      int seen = op.offset() + in[3].i()[b] + row % q.dim(1) + 1;
      int n = Math.clamp(seen, 0, slots);
      double[] score = new double[slots];
      for (int h = 0; h < op.heads() && n > 0; h++) {
        int at = (row * op.heads() + h) * w;
        int head = (b * groups + h / (op.heads() / groups)) * slots * w;
        for (int s = 0; s < n; s++) {
          score[s] = 0;
          for (int i = 0; i < w; i++) {
            score[s] += in[0].f()[at + i] * in[1].f()[head + i * slots + s] / Math.sqrt(w);
          }
        }
        double lse = LossEval.logSumExp(score, 0, n);
        for (int s = 0; s < n; s++) {
          double p = Math.exp(score[s] - lse);
          for (int i = 0; i < w; i++) {
            y[at + i] += p * in[2].f()[head + s * w + i];
          }
        }
      }
    }
    return y;
  }

  private static int[] tokens(int time, Arg[] in) {
    int slots = in[0].last();
    int[] start = in[1].i();
    int[] out = new int[start.length * time];
    for (int k = 0; k < out.length; k++) {
      int b = k / time;
      out[k] = in[0].i()[b * slots + Math.clamp((long) start[b] + k % time, 0, slots - 1)];
    }
    return out;
  }

  private static int[] positions(Incremental.PositionsAt op, int[] start) {
    int[] out = new int[start.length * op.time()];
    Arrays.setAll(
        out, k -> Math.clamp((long) start[k / op.time()] + k % op.time(), 0, op.limit() - 1));
    return out;
  }
}
