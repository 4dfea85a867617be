package reprise.kernel.analysis;

/**
 * A straight line through points by ordinary least squares.
 *
 * @param intercept at x = 0
 * @param slope NaN where all x are the same
 * @param r2 share of the variance of y that it explains
 * @param points that it was fitted to
 */
record StraightLine(double intercept, double slope, double r2, int points) {
  /** {@code slope = sum (x - mx)(y - my) / sum (x - mx)^2}; only the first {@code n} count. */
  static StraightLine through(double[] x, double[] y, int n) {
    double mx = 0;
    double my = 0;
    for (int i = 0; i < n; i++) {
      mx += x[i] / n;
      my += y[i] / n;
    }
    double xx = 0;
    double xy = 0;
    double yy = 0;
    for (int i = 0; i < n; i++) {
      xx += (x[i] - mx) * (x[i] - mx);
      xy += (x[i] - mx) * (y[i] - my);
      yy += (y[i] - my) * (y[i] - my);
    }
    double slope = xx > 0 ? xy / xx : Double.NaN;
    return new StraightLine(my - slope * mx, slope, yy > 0 ? slope * xy / yy : Double.NaN, n);
  }
}
