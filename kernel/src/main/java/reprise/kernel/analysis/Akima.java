package reprise.kernel.analysis;

/**
 * Akima's spline (1970, J. ACM 17): a cubic between neighbours whose slope at a knot is the mean of
 * the slopes beside it, each weighted by how much the slopes on the other side differ; so a wild
 * point bends only its own neighbourhood.
 */
final class Akima {
  private final double[] x;
  private final double[] y;
  private final double[] slope;

  /**
   * Through the points (x, y), x increasing.
   *
   * @throws IllegalArgumentException for fewer than five points
   */
  Akima(double[] x, double[] y) {
    int n = x.length;
    if (n < 5) {
      throw new IllegalArgumentException("Akima's spline needs five points, got " + n);
    }
    this.x = x;
    this.y = y;
    double[] m = new double[n + 3]; // m[i + 2] is the slope from point i to i + 1
    for (int i = 0; i < n - 1; i++) {
      m[i + 2] = (y[i + 1] - y[i]) / (x[i + 1] - x[i]);
    }
    m[1] = 2 * m[2] - m[3];
    m[0] = 2 * m[1] - m[2];
    m[n + 1] = 2 * m[n] - m[n - 1];
    m[n + 2] = 2 * m[n + 1] - m[n];
    slope = new double[n];
    for (int i = 0; i < n; i++) {
      double left = Math.abs(m[i + 3] - m[i + 2]);
      double right = Math.abs(m[i + 1] - m[i]);
      // t = (|m4 - m3| m2 + |m2 - m1| m3) / (|m4 - m3| + |m2 - m1|)
      slope[i] =
          left + right > 1e-9 * (Math.abs(m[i + 1]) + Math.abs(m[i + 2]))
              ? (left * m[i + 1] + right * m[i + 2]) / (left + right)
              : (m[i + 1] + m[i + 2]) / 2;
    }
  }

  double at(double at) {
    int i = 0;
    while (i < x.length - 2 && x[i + 1] < at) {
      i++;
    }
    double h = x[i + 1] - x[i];
    double u = at - x[i];
    double m = (y[i + 1] - y[i]) / h;
    double c2 = (3 * m - 2 * slope[i] - slope[i + 1]) / h;
    double c3 = (slope[i] + slope[i + 1] - 2 * m) / (h * h);
    return y[i] + u * (slope[i] + u * (c2 + u * c3));
  }
}
