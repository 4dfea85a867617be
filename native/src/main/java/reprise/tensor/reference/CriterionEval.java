package reprise.tensor.reference;

import reprise.tensor.ir.Criterion;
import reprise.tensor.reference.Evaluator.Arg;

/** Smoothed cross-entropy, row by row. */
final class CriterionEval {
  private CriterionEval() {}

  static Object[] evaluate(Criterion op, Arg[] in) {
    int v = in[0].last();
    double[] x = in[0].f();
    return switch (op) {
      case Criterion.SmoothedCrossEntropy c -> {
        double[] rows = new double[in[0].rows()];
        double[] lse = new double[rows.length];
        for (int r = 0; r < rows.length; r++) {
          lse[r] = LossEval.logSumExp(x, r * v, v);
          int target = in[1].i()[r];
          if (target == c.ignored()) {
            continue;
          }
          double mean = 0;
          for (int j = 0; j < v; j++) {
            mean += x[r * v + j] / v;
          }
          double own = x[r * v + IndexOutOfRange.check(target, v, r)];
          rows[r] = lse[r] - (1 - c.smoothing()) * own - c.smoothing() * mean;
        }
        yield new Object[] {rows, lse};
      }
      case Criterion.SmoothedCrossEntropyGrad c -> {
        double[] d = new double[x.length];
        for (int r = 0; r < in[0].rows(); r++) {
          int target = in[1].i()[r];
          if (target == c.ignored()) {
            continue;
          }
          IndexOutOfRange.check(target, v, r);
          for (int j = 0; j < v; j++) {
            double own = j == target ? 1 - c.smoothing() : 0;
            double p = Math.exp(x[r * v + j] - in[2].f()[r]);
            d[r * v + j] = (p - own - c.smoothing() / v) * in[3].f()[r];
          }
        }
        yield new Object[] {d};
      }
    };
  }
}
