package reprise.kernel.analysis;

import java.util.Arrays;
import reprise.tensor.curvature.ImplicitQl;

/**
 * Eigenvalues, without eigenvectors, of a symmetric matrix of up to some thousand rows: Householder
 * reflections to three diagonals, then implicit QL (Golub and Van Loan 2013, sections 8.3.1 and
 * 8.3.3).
 */
public final class SymmetricValues {
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
    ImplicitQl.values(d, e);
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
}
