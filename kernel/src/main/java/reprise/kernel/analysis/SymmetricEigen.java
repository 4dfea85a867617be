package reprise.kernel.analysis;

/**
 * Eigenvalues and eigenvectors of a small symmetric matrix by cyclic Jacobi rotations (Golub and
 * Van Loan, Matrix Computations, section 8.5). Made for a dozen rows, where it is accurate and
 * short.
 */
final class SymmetricEigen {
  /** Eigenvalues, in no particular order. */
  final double[] values;

  /** Column j of this matrix is the unit eigenvector of {@code values[j]}. */
  final double[][] vectors;

  SymmetricEigen(double[][] matrix) {
    int n = matrix.length;
    double[][] a = new double[n][];
    vectors = new double[n][n];
    values = new double[n];
    for (int i = 0; i < n; i++) {
      a[i] = matrix[i].clone();
      vectors[i][i] = 1;
    }
    for (int sweep = 0; sweep < 60 && !diagonal(a); sweep++) {
      for (int p = 0; p < n; p++) {
        for (int q = p + 1; q < n; q++) {
          rotate(a, p, q);
        }
      }
    }
    for (int i = 0; i < n; i++) {
      values[i] = a[i][i];
    }
  }

  /** Least eigenvalue's index. */
  int least() {
    int at = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] < values[at]) {
        at = i;
      }
    }
    return at;
  }

  double greatest() {
    double max = Double.NEGATIVE_INFINITY;
    for (double v : values) {
      max = Math.max(max, v);
    }
    return max;
  }

  /** x with A x = b, every eigenvalue taken as at least {@code floor}. */
  double[] solve(double[] b, double floor) {
    int n = b.length;
    double[] x = new double[n];
    for (int j = 0; j < n; j++) {
      double along = 0;
      for (int i = 0; i < n; i++) {
        along += vectors[i][j] * b[i];
      }
      along /= Math.max(Math.abs(values[j]), floor);
      for (int i = 0; i < n; i++) {
        x[i] += along * vectors[i][j];
      }
    }
    return x;
  }

  private static boolean diagonal(double[][] a) {
    double off = 0;
    double on = 0;
    for (int i = 0; i < a.length; i++) {
      on += a[i][i] * a[i][i];
      for (int j = i + 1; j < a.length; j++) {
        off += a[i][j] * a[i][j];
      }
    }
    return off <= 1e-40 * on || off == 0;
  }

  private void rotate(double[][] a, int p, int q) {
    if (a[p][q] == 0) {
      return;
    }
    // t = tan of the angle that makes a[p][q] zero, the smaller of the two
    double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
    double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.hypot(theta, 1));
    double c = 1 / Math.hypot(t, 1);
    double s = t * c;
    for (int k = 0; k < a.length; k++) {
      double akp = a[k][p];
      double akq = a[k][q];
      a[k][p] = c * akp - s * akq;
      a[k][q] = s * akp + c * akq;
    }
    for (int k = 0; k < a.length; k++) {
      double apk = a[p][k];
      double aqk = a[q][k];
      a[p][k] = c * apk - s * aqk;
      a[q][k] = s * apk + c * aqk;
      double vkp = vectors[k][p];
      double vkq = vectors[k][q];
      vectors[k][p] = c * vkp - s * vkq;
      vectors[k][q] = s * vkp + c * vkq;
    }
  }
}
