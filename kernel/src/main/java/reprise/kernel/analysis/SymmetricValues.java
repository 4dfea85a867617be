package reprise.kernel.analysis;

import java.util.Arrays;

/**
 * Eigenvalues, without eigenvectors, of a symmetric matrix of up to some thousand rows: Householder
 * reflections to three diagonals, then implicit QL (Golub and Van Loan 2013, sections 8.3.1 and
 * 8.3.3).
 */
public final class SymmetricValues {
  private static final int MOST_SWEEPS = 60;
  private static final double EPSILON = 1e-16;

  private SymmetricValues() {}

  /**
   * Ascending, each to about {@code 1e-16} of the largest.
   *
   * @param a [n, n], rows one after the other, symmetric; overwritten
   * @throws ArithmeticException when an eigenvalue does not converge
   */
  public static double[] of(double[] a, int n) {
    double[] d = new double[n];
    double[] e = new double[n];
    reduce(a, n, d, e);
    solve(d, e);
    Arrays.sort(d);
    return d;
  }

  /** A becomes {@code H .. H A H .. H} with diagonal d and off-diagonal e. */
  private static void reduce(double[] a, int n, double[] d, double[] e) {
    double[] v = new double[n];
    double[] w = new double[n];
    for (int k = 0; k < n - 1; k++) {
      d[k] = a[k * n + k];
      double norm = 0;
      for (int i = k + 1; i < n; i++) {
        v[i] = a[i * n + k];
        norm = Math.hypot(norm, v[i]);
      }
      // the column below the diagonal becomes (-+norm, 0, .., 0)
      double alpha = v[k + 1] > 0 ? -norm : norm;
      e[k] = alpha;
      v[k + 1] -= alpha;
      double square = 0;
      for (int i = k + 1; i < n; i++) {
        square += v[i] * v[i];
      }
      if (square > 0) {
        reflect(a, n, k + 1, v, w, 2 / square);
      }
    }
    d[n - 1] = a[n * n - 1];
  }

  /** A - v w' - w v' in the rows from on, w = beta A v - (beta / 2) (v' beta A v) v. */
  private static void reflect(double[] a, int n, int from, double[] v, double[] w, double beta) {
    double along = 0;
    for (int i = from; i < n; i++) {
      double sum = 0;
      int row = i * n;
      for (int j = from; j < n; j++) {
        sum += a[row + j] * v[j];
      }
      w[i] = beta * sum;
      along += w[i] * v[i];
    }
    for (int i = from; i < n; i++) {
      w[i] -= beta / 2 * along * v[i];
    }
    for (int i = from; i < n; i++) {
      double vi = v[i];
      double wi = w[i];
      int row = i * n;
      for (int j = from; j < n; j++) {
        a[row + j] -= vi * w[j] + wi * v[j];
      }
    }
  }

  private static void solve(double[] d, double[] e) {
    int n = d.length;
    double scale = 0;
    for (int i = 0; i < n; i++) {
      scale = Math.max(scale, Math.abs(d[i]) + Math.abs(e[i]));
    }
    for (int l = 0; l < n; l++) {
      for (int sweep = 0; ; sweep++) {
        int m = l;
        // by the whole matrix, since the eigenvalues of a matrix of low rank are rounding errors
        while (m < n - 1 && Math.abs(e[m]) > EPSILON * scale) {
          m++;
        }
        if (m == l) {
          break;
        }
        if (sweep == MOST_SWEEPS) {
          throw new ArithmeticException(
              "eigenvalue " + l + " of " + n + " did not converge in " + sweep + " sweeps");
        }
        sweep(d, e, l, m);
      }
    }
  }

  private static void sweep(double[] d, double[] e, int l, int m) {
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
    }
    d[l] -= p;
    e[l] = g;
    e[m] = 0;
  }
}
