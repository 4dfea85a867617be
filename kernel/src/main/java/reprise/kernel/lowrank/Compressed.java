package reprise.kernel.lowrank;

import reprise.kernel.study.Matrices;
import reprise.tensor.Backend;

/**
 * Low ranks of W [rows, columns]. With row weights w_i, the square roots of the rows' Fisher
 * information: {@code diag(w) W = U S V'}, {@code A = diag(1/w) U_r S_r}, {@code B = V_r'} (Hsu et
 * al. 2022, section 3.3).
 */
record Compressed(double[] weights, Matrices.Svd svd) {
  /** Rows that never matter keep this share of the largest weight. */
  private static final double FLOOR = 1e-6;

  static Compressed of(Backend backend, double[][] w, double[] weights) {
    double most = java.util.Arrays.stream(weights).max().orElseThrow();
    double[] bounded =
        java.util.Arrays.stream(weights).map(v -> Math.max(v, FLOOR * most)).toArray();
    double[][] scaled = new double[w.length][w[0].length];
    for (int i = 0; i < w.length; i++) {
      for (int j = 0; j < w[0].length; j++) {
        scaled[i][j] = bounded[i] * w[i][j];
      }
    }
    return new Compressed(bounded, Matrices.svd(backend, scaled));
  }

  /** A B at that rank. */
  double[][] product(int rank) {
    double[][] u = svd.u();
    double[][] v = svd.v();
    double[][] ab = new double[u.length][v.length];
    for (int i = 0; i < u.length; i++) {
      for (int r = 0; r < rank; r++) {
        double a = u[i][r] * svd.s()[r] / weights[i];
        for (int j = 0; j < v.length; j++) {
          ab[i][j] += a * v[j][r];
        }
      }
    }
    return ab;
  }

  /** {@code |a - b|_F}. */
  static double distance(double[][] a, double[][] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a[0].length; j++) {
        sum += (a[i][j] - b[i][j]) * (a[i][j] - b[i][j]);
      }
    }
    return Math.sqrt(sum);
  }
}
