package reprise.tensor.curvature;

import java.util.Arrays;

/**
 * Eigenvalues of a symmetric tridiagonal matrix and the squares of the first components of its unit
 * eigenvectors: the nodes and weights of a Gauss quadrature (Golub and Welsch 1969).
 */
record Tridiagonal(double[] values, double[] weights) {
  /**
   * From the diagonal and what Lanczos found beside it; cut where beta is rounding error of single
   * precision: there the space is exhausted.
   */
  static Tridiagonal of(double[] alpha, double[] beta) {
    double scale = 0;
    int n = 0;
    while (n < alpha.length) {
      scale = Math.max(scale, Math.abs(alpha[n]));
      n++;
      if (beta[n - 1] <= 1e-6 * scale) {
        break;
      }
      scale = Math.max(scale, beta[n - 1]);
    }
    double[] off = Arrays.copyOf(beta, n);
    off[n - 1] = 0;
    return solve(Arrays.copyOf(alpha, n), off);
  }

  private static Tridiagonal solve(double[] d, double[] e) {
    double[] first = new double[d.length];
    first[0] = 1;
    ImplicitQl.withRow(d, e, first);
    for (int i = 0; i < first.length; i++) {
      first[i] *= first[i];
    }
    return new Tridiagonal(d, first);
  }
}
