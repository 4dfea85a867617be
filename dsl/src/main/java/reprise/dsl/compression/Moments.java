package reprise.dsl.compression;

import java.util.Arrays;

/** Means and correlations of a few numbers. */
final class Moments {
  private Moments() {}

  static double mean(double... x) {
    return Arrays.stream(x).average().orElseThrow();
  }

  static double covariance(double[] x, double[] y) {
    double mx = mean(x);
    double my = mean(y);
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += (x[i] - mx) * (y[i] - my);
    }
    return sum / x.length;
  }

  /** Pearson's. */
  static double correlation(double[] x, double[] y) {
    return covariance(x, y) / Math.sqrt(covariance(x, x) * covariance(y, y));
  }
}
