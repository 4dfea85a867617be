package reprise.kernel.analysis;

/** Gaussian elimination with partial pivoting, for systems of a few rows. */
final class Gauss {
  private Gauss() {}

  /** x with A x = b, or null when A is singular. Neither argument is changed. */
  static double[] solve(double[][] matrix, double[] b) {
    int n = b.length;
    double[][] a = new double[n][];
    for (int i = 0; i < n; i++) {
      a[i] = matrix[i].clone();
    }
    double[] x = b.clone();
    for (int column = 0; column < n; column++) {
      int pivot = column;
      for (int i = column + 1; i < n; i++) {
        if (Math.abs(a[i][column]) > Math.abs(a[pivot][column])) {
          pivot = i;
        }
      }
      if (!(Math.abs(a[pivot][column]) > 1e-14)) {
        return null;
      }
      double[] row = a[pivot];
      a[pivot] = a[column];
      a[column] = row;
      double right = x[pivot];
      x[pivot] = x[column];
      x[column] = right;
      for (int i = column + 1; i < n; i++) {
        double factor = a[i][column] / row[column];
        for (int j = column; j < n; j++) {
          a[i][j] -= factor * row[j];
        }
        x[i] -= factor * right;
      }
    }
    for (int i = n - 1; i >= 0; i--) {
      for (int j = i + 1; j < n; j++) {
        x[i] -= a[i][j] * x[j];
      }
      x[i] /= a[i][i];
    }
    return x;
  }
}
