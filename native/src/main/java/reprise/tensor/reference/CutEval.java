package reprise.tensor.reference;

import reprise.tensor.ir.Cut;
import reprise.tensor.reference.Evaluator.Arg;

/** Cut cross-entropy as its formulas say, one row of logits at a time. */
final class CutEval {
  private CutEval() {}

  static Object[] evaluate(Cut op, Arg[] in) {
    return switch (op) {
      case Cut.CutCrossEntropy _ -> losses(in);
      case Cut.CutCrossEntropyGrad g -> gradients(g.threshold(), in);
    };
  }

  /** z [V] of one row. */
  private static double[] logits(Arg x, Arg w, int row) {
    int d = x.last();
    double[] z = new double[w.rows()];
    for (int v = 0; v < z.length; v++) {
      for (int j = 0; j < d; j++) {
        z[v] += x.f()[row * d + j] * w.f()[v * d + j];
      }
    }
    return z;
  }

  private static Object[] losses(Arg[] in) {
    int[] targets = in[2].i();
    double[] rows = new double[targets.length];
    double[] lse = new double[targets.length];
    for (int r = 0; r < rows.length; r++) {
      double[] z = logits(in[0], in[1], r);
      int target = IndexOutOfRange.check(targets[r], z.length, r);
      double max = Double.NEGATIVE_INFINITY;
      for (double value : z) {
        max = Math.max(max, value);
      }
      double sum = 0;
      for (double value : z) {
        sum += Math.exp(value - max);
      }
      lse[r] = max + Math.log(sum);
      rows[r] = lse[r] - z[target];
    }
    return new Object[] {rows, lse};
  }

  private static Object[] gradients(double threshold, Arg[] in) {
    int d = in[0].last();
    int classes = in[1].rows();
    int[] targets = in[2].i();
    int[] order = order(in[5].i());
    int across = (classes + Cut.CLASSES - 1) / Cut.CLASSES;
    double[] dx = new double[in[0].f().length];
    double[] dw = new double[in[1].f().length];
    double[] kept = new double[(targets.length + Cut.ROWS - 1) / Cut.ROWS * across];
    for (int first = 0; first < targets.length; first += Cut.ROWS) {
      int rows = Math.min(Cut.ROWS, targets.length - first);
      double[][] g = new double[rows][];
      for (int r = 0; r < rows; r++) {
        g[r] = logits(in[0], in[1], first + r);
        for (int v = 0; v < classes; v++) {
          g[r][v] = Math.exp(g[r][v] - in[3].f()[first + r]);
        }
        g[r][IndexOutOfRange.check(targets[first + r], classes, first + r)] -= 1;
      }
      for (int k = 0; k < across; k++) {
        int from = k * Cut.CLASSES;
        int to = Math.min(classes, from + Cut.CLASSES);
        boolean counts = false;
        for (double[] row : g) {
          for (int p = from; p < to; p++) {
            counts |= Math.abs(row[order[p]]) >= threshold;
          }
        }
        kept[first / Cut.ROWS * across + k] = counts ? 1 : 0;
        for (int r = 0; counts && r < rows; r++) {
          for (int p = from; p < to; p++) {
            double slope = g[r][order[p]] * in[4].f()[first + r];
            for (int j = 0; j < d; j++) {
              dx[(first + r) * d + j] += slope * in[1].f()[order[p] * d + j];
              dw[order[p] * d + j] += slope * in[0].f()[(first + r) * d + j];
            }
          }
        }
      }
    }
    return new Object[] {dx, dw, kept};
  }

  private static int[] order(int[] order) {
    boolean[] seen = new boolean[order.length];
    for (int p = 0; p < order.length; p++) {
      int v = IndexOutOfRange.check(order[p], order.length, p);
      if (seen[v]) {
        throw IndexOutOfRange.twice(v, p);
      }
      seen[v] = true;
    }
    return order;
  }
}
