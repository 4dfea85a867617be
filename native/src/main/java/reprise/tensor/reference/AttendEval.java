package reprise.tensor.reference;

import reprise.tensor.ir.Attend;
import reprise.tensor.reference.Evaluator.Arg;

/** Causal attention and rotary positions over packed qkv [B, T, 3d]. */
final class AttendEval {
  private AttendEval() {}

  static Object[] evaluate(Attend op, Arg[] in) {
    return switch (op) {
      case Attend.CausalAttention a -> forward(a.heads(), in[0]);
      case Attend.CausalAttentionGrad a -> backward(a.heads(), in);
      case Attend.Rotary r -> new Object[] {rotary(r, in[0])};
    };
  }

  private static Object[] forward(int heads, Arg qkv) {
    int batch = qkv.type().shape().dim(0);
    int time = qkv.type().shape().dim(1);
    int d = qkv.last() / 3;
    int w = d / heads;
    double[] x = qkv.f();
    double[] y = new double[batch * time * d];
    double[] lse = new double[batch * heads * time];
    double[] score = new double[time];
    for (int b = 0; b < batch; b++) {
      for (int h = 0; h < heads; h++) {
        for (int t = 0; t < time; t++) {
          int q = (b * time + t) * 3 * d + h * w;
          for (int s = 0; s <= t; s++) {
            int k = (b * time + s) * 3 * d + d + h * w;
            score[s] = dot(x, q, x, k, w) / Math.sqrt(w);
          }
          double l = LossEval.logSumExp(score, 0, t + 1);
          lse[(b * heads + h) * time + t] = l;
          for (int s = 0; s <= t; s++) {
            double p = Math.exp(score[s] - l);
            int v = (b * time + s) * 3 * d + 2 * d + h * w;
            for (int j = 0; j < w; j++) {
              y[(b * time + t) * d + h * w + j] += p * x[v + j];
            }
          }
        }
      }
    }
    return new Object[] {y, lse};
  }

  /** ds = p (dp - y.dy) / sqrt(w) with dp = dy.v; dq = ds k, dk = ds' q, dv = p' dy. */
  private static Object[] backward(int heads, Arg[] in) {
    int batch = in[0].type().shape().dim(0);
    int time = in[0].type().shape().dim(1);
    int d = in[0].last() / 3;
    int w = d / heads;
    double[] x = in[0].f();
    double[] dy = in[3].f();
    double[] dx = new double[x.length];
    double scale = 1 / Math.sqrt(w);
    for (int b = 0; b < batch; b++) {
      for (int h = 0; h < heads; h++) {
        for (int t = 0; t < time; t++) {
          int q = (b * time + t) * 3 * d + h * w;
          int o = (b * time + t) * d + h * w;
          double inner = dot(in[1].f(), o, dy, o, w);
          for (int s = 0; s <= t; s++) {
            int k = (b * time + s) * 3 * d + d + h * w;
            double l = in[2].f()[(b * heads + h) * time + t];
            double p = Math.exp(dot(x, q, x, k, w) * scale - l);
            double ds = p * (dot(dy, o, x, k + d, w) - inner) * scale;
            for (int j = 0; j < w; j++) {
              dx[q + j] += ds * x[k + j];
              dx[k + j] += ds * x[q + j];
              dx[k + d + j] += p * dy[o + j];
            }
          }
        }
      }
    }
    return new Object[] {dx};
  }

  private static double[] rotary(Attend.Rotary r, Arg qkv) {
    int time = qkv.type().shape().dim(1);
    int d = qkv.last() / 3;
    int w = d / r.heads();
    double[] x = qkv.f().clone();
    for (int row = 0; row < qkv.rows(); row++) {
      for (int head = 0; head < 2 * r.heads(); head++) {
        for (int i = 0; i < w / 2; i++) {
          double angle = row % time * Math.pow(r.base(), -2.0 * i / w);
          double cos = Math.cos(angle);
          double sin = r.inverse() ? -Math.sin(angle) : Math.sin(angle);
          int at = row * 3 * d + head * w + i;
          double a = x[at];
          double c = x[at + w / 2];
          x[at] = a * cos - c * sin;
          x[at + w / 2] = a * sin + c * cos;
        }
      }
    }
    return x;
  }

  static double dot(double[] a, int i, double[] b, int j, int n) {
    double s = 0;
    for (int k = 0; k < n; k++) {
      s += a[i + k] * b[j + k];
    }
    return s;
  }
}
