package reprise.tensor.reference;

import reprise.tensor.ir.Optimise;
import reprise.tensor.reference.Evaluator.Arg;

/** Optimiser arithmetic. */
final class OptimiseEval {
  private OptimiseEval() {}

  static Object[] evaluate(Optimise op, Arg[] in) {
    return switch (op) {
      case Optimise.Schedule s -> new Object[] {new double[] {rate(s, in[0].i()[0])}};
      case Optimise.GlobalNorm _ -> {
        double sum = 0;
        for (Arg a : in) {
          for (double x : a.f()) {
            sum += x * x;
          }
        }
        yield new Object[] {new double[] {Math.sqrt(sum)}};
      }
      case Optimise.ClipFactor c -> {
        double norm = in[0].f()[0];
        yield new Object[] {new double[] {norm > c.limit() ? c.limit() / norm : 1}};
      }
      case Optimise.AdamW a -> adamW(a, in);
    };
  }

  /** Learning rate of step s, counted from 0. */
  static double rate(Optimise.Schedule s, int step) {
    if (step < s.warmup()) {
      return s.peak() * (step + 1) / s.warmup();
    }
    double progress =
        Math.min(1, (double) (step - s.warmup()) / Math.max(1, s.total() - s.warmup()));
    return switch (s.decay()) {
      case CONSTANT -> s.peak();
      case COSINE -> s.floor() + (s.peak() - s.floor()) * (1 + Math.cos(Math.PI * progress)) / 2;
      case LINEAR -> s.peak() + (s.floor() - s.peak()) * progress;
      case WARMUP_STABLE_DECAY -> {
        int left = s.total() - step;
        double share = s.cooldown() == 0 ? 1 : Math.clamp((double) left / s.cooldown(), 0, 1);
        yield s.floor() + (s.peak() - s.floor()) * share;
      }
    };
  }

  private static Object[] adamW(Optimise.AdamW a, Arg[] in) {
    double[] p = in[0].f().clone();
    double[] m = in[2].f().clone();
    double[] v = in[3].f().clone();
    double rate = in[4].f()[0];
    double factor = in[5].f()[0];
    int t = in[6].i()[0] + 1;
    double c1 = 1 - Math.pow(a.beta1(), t);
    double c2 = 1 - Math.pow(a.beta2(), t);
    for (int i = 0; i < p.length; i++) {
      double g = factor * in[1].f()[i];
      m[i] = a.beta1() * m[i] + (1 - a.beta1()) * g;
      v[i] = a.beta2() * v[i] + (1 - a.beta2()) * g * g;
      p[i] -= rate * (m[i] / c1 / (Math.sqrt(v[i] / c2) + a.eps()) + a.decay() * p[i]);
    }
    return new Object[] {p, m, v};
  }
}
