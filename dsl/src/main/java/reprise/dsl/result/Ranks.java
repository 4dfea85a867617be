package reprise.dsl.result;

import java.util.stream.IntStream;

/** Ranks of numbers. */
public final class Ranks {
  private Ranks() {}

  /**
   * Spearman's rank correlation: that of Pearson between ranks, equal numbers share their mean
   * rank; NaN where one side does not vary.
   */
  public static double correlation(double[] x, double[] y) {
    double[] a = of(x);
    double[] b = of(y);
    double mean = (x.length + 1) / 2.0;
    double cross = 0;
    double xx = 0;
    double yy = 0;
    for (int i = 0; i < a.length; i++) {
      cross += (a[i] - mean) * (b[i] - mean);
      xx += (a[i] - mean) * (a[i] - mean);
      yy += (b[i] - mean) * (b[i] - mean);
    }
    return cross / Math.sqrt(xx * yy);
  }

  private static double[] of(double[] values) {
    return IntStream.range(0, values.length)
        .mapToDouble(i -> {
          double below = 0;
          double equal = 0;
          for (double other : values) {
            below += other < values[i] ? 1 : 0;
            equal += other == values[i] ? 1 : 0;
          }
          return below + (equal + 1) / 2;
        })
        .toArray();
  }
}
