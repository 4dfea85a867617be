package reprise.tensor.curvature;

/**
 * Implicit QL with Wilkinson's shift for a symmetric tridiagonal matrix (Golub and Van Loan 2013,
 * algorithm 8.3.3).
 */
public final class ImplicitQl {
  private static final int MOST_SWEEPS = 60;
  private static final double EPSILON = 1e-16;
  private static final double[] NONE = {};

  private ImplicitQl() {}

  /**
   * Eigenvalues alone, unsorted, where an entry beside the diagonal counts as zero by the size of
   * the whole matrix: the eigenvalues of a matrix of low rank are rounding errors, which would
   * never be small beside each other.
   *
   * @param d [n], the diagonal; becomes the eigenvalues
   * @param e [n], beside the diagonal, e[n - 1] unused; overwritten
   * @throws ArithmeticException when an eigenvalue does not converge
   */
  public static void values(double[] d, double[] e) {
    double scale = 0;
    for (int i = 0; i < d.length; i++) {
      scale = Math.max(scale, Math.abs(d[i]) + Math.abs(e[i]));
    }
    solve(d, e, NONE, scale);
  }

  /**
   * Eigenvalues, and a row that takes part in every rotation: the first row of the unit matrix
   * becomes the first components of the unit eigenvectors.
   *
   * @param row [n]; overwritten
   * @throws ArithmeticException when an eigenvalue does not converge
   */
  static void withRow(double[] d, double[] e, double[] row) {
    solve(d, e, row, 0);
  }

  // scale: what e is compared with; 0 for the diagonal beside it
  private static void solve(double[] d, double[] e, double[] row, double scale) {
    int n = d.length;
    for (int l = 0; l < n; l++) {
      for (int sweep = 0; ; sweep++) {
        int m = l;
        while (m < n - 1
            && Math.abs(e[m])
                > EPSILON * (scale > 0 ? scale : Math.abs(d[m]) + Math.abs(d[m + 1]))) {
          m++;
        }
        if (m == l) {
          break;
        }
        if (sweep == MOST_SWEEPS) {
          throw new ArithmeticException(
              "eigenvalue " + l + " of " + n + " did not converge in " + sweep + " sweeps");
        }
        sweep(d, e, row, l, m);
      }
    }
  }

  private static void sweep(double[] d, double[] e, double[] row, int l, int m) {
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
      if (row.length > 0) {
        double old = row[i + 1];
        row[i + 1] = s * row[i] + c * old;
        row[i] = c * row[i] - s * old;
      }
    }
    d[l] -= p;
    e[l] = g;
    e[m] = 0;
  }
}
