package reprise.tensor.reference;

import reprise.tensor.ir.Shape;
import reprise.tensor.ir.Update;
import reprise.tensor.reference.Evaluator.Arg;

/** Optimiser steps, in double. */
final class UpdateEval {
  private UpdateEval() {}

  static Object[] evaluate(Update op, Arg[] in) {
    return switch (op) {
      case Update.Sgd s -> sgd(s, in);
      case Update.Adam a -> adam(a, in);
      case Update.Lion l -> lion(l, in);
      case Update.RmsProp r -> rmsProp(r, in);
      case Update.Adafactor a -> adafactor(a, in);
      case Update.RateDecay d -> new Object[] {new double[] {rate(d, in[0].i()[0])}};
    };
  }

  private static Object[] sgd(Update.Sgd s, Arg[] in) {
    boolean moving = s.momentum() > 0;
    double[] p = in[0].f().clone();
    double[] b = moving ? in[2].f().clone() : p;
    double rate = in[in.length - 2].f()[0];
    double factor = in[in.length - 1].f()[0];
    for (int i = 0; i < p.length; i++) {
      double g = factor * in[1].f()[i] + s.decay() * p[i];
      if (!moving) {
        p[i] -= rate * g;
        continue;
      }
      b[i] = s.momentum() * b[i] + g;
      p[i] -= rate * (s.nesterov() ? g + s.momentum() * b[i] : b[i]);
    }
    return moving ? new Object[] {p, b} : new Object[] {p};
  }

  private static Object[] adam(Update.Adam a, Arg[] in) {
    double[] p = in[0].f().clone();
    double[] m = in[2].f().clone();
    double[] v = in[3].f().clone();
    int t = in[6].i()[0] + 1;
    double c1 = 1 - Math.pow(a.beta1(), t);
    double c2 = 1 - Math.pow(a.beta2(), t);
    for (int i = 0; i < p.length; i++) {
      double g = in[5].f()[0] * in[1].f()[i] + a.decay() * p[i];
      m[i] = a.beta1() * m[i] + (1 - a.beta1()) * g;
      v[i] = a.beta2() * v[i] + (1 - a.beta2()) * g * g;
      p[i] -= in[4].f()[0] * (m[i] / c1 / (Math.sqrt(v[i] / c2) + a.eps()));
    }
    return new Object[] {p, m, v};
  }

  private static Object[] lion(Update.Lion l, Arg[] in) {
    double[] p = in[0].f().clone();
    double[] m = in[2].f().clone();
    for (int i = 0; i < p.length; i++) {
      double g = in[4].f()[0] * in[1].f()[i];
      double sign = Math.signum(l.beta1() * m[i] + (1 - l.beta1()) * g);
      p[i] -= in[3].f()[0] * (sign + l.decay() * p[i]);
      m[i] = l.beta2() * m[i] + (1 - l.beta2()) * g;
    }
    return new Object[] {p, m};
  }

  private static Object[] rmsProp(Update.RmsProp r, Arg[] in) {
    boolean moving = r.momentum() > 0;
    double[] p = in[0].f().clone();
    double[] v = in[2].f().clone();
    double[] b = moving ? in[3].f().clone() : p;
    double rate = in[in.length - 2].f()[0];
    double factor = in[in.length - 1].f()[0];
    for (int i = 0; i < p.length; i++) {
      double g = factor * in[1].f()[i] + r.decay() * p[i];
      v[i] = r.alpha() * v[i] + (1 - r.alpha()) * g * g;
      double u = g / (Math.sqrt(v[i]) + r.eps());
      if (moving) {
        b[i] = r.momentum() * b[i] + u;
        u = b[i];
      }
      p[i] -= rate * u;
    }
    return moving ? new Object[] {p, v, b} : new Object[] {p, v};
  }

  private static Object[] adafactor(Update.Adafactor a, Arg[] in) {
    Shape s = in[0].type().shape();
    boolean factored = s.rank() >= 2;
    int n = factored ? s.dim(-2) : 1;
    int m = factored ? s.dim(-1) : s.size();
    int at = factored ? 4 : 3;
    double rate = in[at].f()[0];
    double factor = in[at + 1].f()[0];
    double b = 1 - Math.pow(in[at + 2].i()[0] + 1, -a.power());
    double[] p = in[0].f().clone();
    double[] r = in[2].f().clone();
    double[] c = factored ? in[3].f().clone() : r;
    double[] u = new double[p.length];
    for (int k = 0; k < p.length / (n * m); k++) {
      double mean = factored ? means(a, in[1].f(), factor, b, r, c, k, n, m) : 0;
      for (int i = 0; i < n * m; i++) {
        double g = factor * in[1].f()[k * n * m + i];
        if (!factored) {
          r[i] = b * r[i] + (1 - b) * (g * g + a.eps1());
        }
        double v = factored ? r[k * n + i / m] * c[k * m + i % m] / mean : r[i];
        u[k * n * m + i] = g / Math.sqrt(v);
      }
    }
    double size = a.relative() ? rate * Math.max(a.eps2(), rms(p)) : rate;
    double over = Math.max(1, rms(u) / a.clip());
    for (int i = 0; i < p.length; i++) {
      p[i] -= size * u[i] / over + rate * a.decay() * p[i];
    }
    return factored ? new Object[] {p, r, c} : new Object[] {p, r};
  }

  /** Row and column means of matrix k; returns the mean of its rows' means. */
  private static double means(
      Update.Adafactor a,
      double[] g,
      double factor,
      double b,
      double[] r,
      double[] c,
      int k,
      int n,
      int m) {
    double[] row = new double[n];
    double[] column = new double[m];
    for (int i = 0; i < n * m; i++) {
      double square = Math.pow(factor * g[k * n * m + i], 2) + a.eps1();
      row[i / m] += square / m;
      column[i % m] += square / n;
    }
    double mean = 0;
    for (int i = 0; i < n; i++) {
      r[k * n + i] = b * r[k * n + i] + (1 - b) * row[i];
      mean += r[k * n + i] / n;
    }
    for (int j = 0; j < m; j++) {
      c[k * m + j] = b * c[k * m + j] + (1 - b) * column[j];
    }
    return mean;
  }

  private static double rms(double[] x) {
    double sum = 0;
    for (double v : x) {
      sum += v * v;
    }
    return Math.sqrt(sum / x.length);
  }

  /** Learning rate of step s, counted from 0. */
  static double rate(Update.RateDecay d, int step) {
    double peak = d.peak();
    double floor = d.floor();
    if (step < d.warmup()) {
      double share = (step + 1.0) / d.warmup();
      double low = peak / d.factor();
      return d.rule() == Update.Rule.ONE_CYCLE
          ? low + (peak - low) * (1 - Math.cos(Math.PI * share)) / 2
          : peak * share;
    }
    double after = (double) step - d.warmup();
    return switch (d.rule()) {
      case STEPS -> Math.max(floor, peak * Math.pow(d.factor(), Math.floor(after / d.period())));
      case INVERSE_SQRT ->
          Math.max(floor, peak * Math.sqrt(d.period() / Math.max(d.period(), step + 1.0)));
      case RESTARTS -> {
        double length = d.period();
        while (after >= length && d.factor() > 1) {
          after -= length;
          length *= d.factor();
        }
        yield floor + (peak - floor) * (1 + Math.cos(Math.PI * (after % length / length))) / 2;
      }
      case ONE_CYCLE -> {
        double share = Math.min(1, after / d.period());
        yield floor + (peak - floor) * (1 + Math.cos(Math.PI * share)) / 2;
      }
    };
  }
}
