package reprise.tensor.curvature;

import java.util.Arrays;

/**
 * Eigenvalues of a symmetric tridiagonal matrix and the squares of the first components of its unit
 * eigenvectors: the nodes and weights of a Gauss quadrature (Golub and Welsch 1969).
 */
record Tridiagonal(double[] values, double[] weights) {
  private static final int MOST_SWEEPS = 60;

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

  /** Implicit QL with Wilkinson's shift (Golub and Van Loan 2013, algorithm 8.3.3). */
  private static Tridiagonal solve(double[] d, double[] e) {
    int n = d.length;
    double[] first = new double[n];
    first[0] = 1;
    for (int l = 0; l < n; l++) {
      for (int sweep = 0; ; sweep++) {
        int m = l;
        while (m < n - 1 && Math.abs(e[m]) > 1e-16 * (Math.abs(d[m]) + Math.abs(d[m + 1]))) {
          m++;
        }
        if (m == l) {
          break;
        }
        if (sweep == MOST_SWEEPS) {
          throw new ArithmeticException(
              "the tridiagonal matrix of " + n + " rows did not converge in " + sweep + " sweeps");
        }
        rotate(d, e, first, l, m);
      }
    }
    for (int i = 0; i < n; i++) {
      first[i] *= first[i];
    }
    return new Tridiagonal(d, first);
  }

  private static void rotate(double[] d, double[] e, double[] first, int l, int m) {
    double g = (d[l + 1] - d[l]) / (2 * e[l]);
    double r = Math.hypot(g, 1);
    g = d[m] - d[l] + e[l] / (g + Math.copySign(r, g));
    double s = 1;
    double c = 1;
    double p = 0;
    for (int i = m - 1; i >= l; i--) {
      double f = s * e[i];
      double b = c * e[i];
      r = Math.hypot(f, g);
      e[i + 1] = r;
      if (r == 0) {
        d[i + 1] -= p;
        e[m] = 0;
        return;
      }
      s = f / r;
      c = g / r;
      g = d[i + 1] - p;
      r = (d[i] - g) * s + 2 * c * b;
      p = s * r;
      d[i + 1] = g + p;
      g = c * r - b;
      double old = first[i + 1];
      first[i + 1] = s * first[i] + c * old;
      first[i] = c * first[i] - s * old;
    }
    d[l] -= p;
    e[l] = g;
    e[m] = 0;
  }
}
