package reprise.tensor.reference;

import reprise.tensor.ir.Loss;
import reprise.tensor.reference.Evaluator.Arg;

/** Losses over logits, row by row. */
final class LossEval {
  private LossEval() {}

  static Object[] evaluate(Loss op, Arg[] in) {
    return switch (op) {
      case Loss.CrossEntropy _ -> {
        int v = in[0].last();
        double[] rows = new double[in[0].rows()];
        double[] lse = new double[rows.length];
        for (int r = 0; r < rows.length; r++) {
          lse[r] = logSumExp(in[0].f(), r * v, v);
          rows[r] = lse[r] - in[0].f()[r * v + IndexOutOfRange.check(in[1].i()[r], v, r)];
        }
        yield new Object[] {rows, lse};
      }
      case Loss.CrossEntropyGrad _ -> {
        int v = in[0].last();
        double[] d = new double[in[0].f().length];
        for (int r = 0; r < in[0].rows(); r++) {
          int target = IndexOutOfRange.check(in[1].i()[r], v, r);
          for (int j = 0; j < v; j++) {
            double p = Math.exp(in[0].f()[r * v + j] - in[2].f()[r]);
            d[r * v + j] = (p - (j == target ? 1 : 0)) * in[3].f()[r];
          }
        }
        yield new Object[] {d};
      }
      case Loss.KlDivergence _ -> {
        int v = in[0].last();
        double[] rows = new double[in[0].rows()];
        double[] lse = new double[rows.length];
        for (int r = 0; r < rows.length; r++) {
          int s = IndexOutOfRange.check(in[2].i()[r], in[1].rows(), r);
          lse[r] = logSumExp(in[0].f(), r * v, v);
          double sum = 0;
          for (int j = 0; j < v; j++) {
            double p = in[1].f()[s * v + j];
            if (p > 0) {
              sum += p * (Math.log(p) - in[0].f()[r * v + j] + lse[r]);
            }
          }
          rows[r] = sum;
        }
        yield new Object[] {rows, lse};
      }
      case Loss.KlDivergenceGrad _ -> {
        int v = in[0].last();
        double[] d = new double[in[0].f().length];
        for (int r = 0; r < in[0].rows(); r++) {
          int s = IndexOutOfRange.check(in[2].i()[r], in[1].rows(), r);
          for (int j = 0; j < v; j++) {
            double q = Math.exp(in[0].f()[r * v + j] - in[3].f()[r]);
            d[r * v + j] = (q - in[1].f()[s * v + j]) * in[4].f()[r];
          }
        }
        yield new Object[] {d};
      }
    };
  }

  /** max + ln sum_j exp(x_j - max). */
  static double logSumExp(double[] x, int from, int n) {
    double max = Double.NEGATIVE_INFINITY;
    for (int j = from; j < from + n; j++) {
      max = Math.max(max, x[j]);
    }
    double sum = 0;
    for (int j = from; j < from + n; j++) {
      sum += Math.exp(x[j] - max);
    }
    return max + Math.log(sum);
  }
}
