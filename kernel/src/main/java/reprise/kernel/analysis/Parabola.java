package reprise.kernel.analysis;

import java.util.Arrays;

/**
 * y = level + slope u + curvature u^2 with u = x - centre, by least squares.
 *
 * @param centre where u = 0
 * @param from index of the first fitted size
 * @param residuals y - fit, one per fitted point
 */
record Parabola(
    double centre, double level, double slope, double curvature, int from, double[] residuals) {

  static Parabola through(double[] x, double[] y, double centre, int from) {
    double[][] a = new double[3][3];
    double[] b = new double[3];
    for (int i = 0; i < x.length; i++) {
      double u = x[i] - centre;
      double[] powers = {1, u, u * u};
      for (int r = 0; r < 3; r++) {
        b[r] += powers[r] * y[i];
        for (int c = 0; c < 3; c++) {
          a[r][c] += powers[r] * powers[c];
        }
      }
    }
    double[] c = Gauss.solve(a, b);
    if (c == null) {
      throw new IllegalArgumentException("a parabola needs three different model sizes");
    }
    double[] residuals = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      double u = x[i] - centre;
      residuals[i] = y[i] - (c[0] + c[1] * u + c[2] * u * u);
    }
    return new Parabola(centre, c[0], c[1], c[2], from, residuals);
  }

  /** One past the last fitted size. */
  int to() {
    return from + residuals.length;
  }

  double at(double x) {
    double u = x - centre;
    return level + slope * u + curvature * u * u;
  }

  /** Residuals times sqrt(n/(n-3)), which makes up for the three fitted coefficients. */
  double[] widenedResiduals() {
    int n = residuals.length;
    double factor = n > 3 ? Math.sqrt(n / (n - 3.0)) : 0;
    return Arrays.stream(residuals).map(r -> r * factor).toArray();
  }

  /** {intercept, slope} of the least-squares line; NaN for fewer than two different x. */
  static double[] line(double[] x, double[] y) {
    double mx = Arrays.stream(x).average().orElse(Double.NaN);
    double my = Arrays.stream(y).average().orElse(Double.NaN);
    double xx = 0;
    double xy = 0;
    for (int i = 0; i < x.length; i++) {
      xx += (x[i] - mx) * (x[i] - mx);
      xy += (x[i] - mx) * (y[i] - my);
    }
    double slope = xx > 0 ? xy / xx : Double.NaN;
    return new double[] {my - slope * mx, slope};
  }
}
