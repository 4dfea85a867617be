package reprise.dsl.law;

import java.util.Arrays;

/**
 * A confidence interval.
 *
 * @param low lower end
 * @param high upper end
 */
public record Interval(double low, double high) {

  /** No interval was computed. */
  public static final Interval NONE = new Interval(Double.NaN, Double.NaN);

  /**
   * The percentile interval: quantiles (1-c)/2 and (1+c)/2 of the values, with linear interpolation
   * between order statistics. {@link #NONE} for no values.
   */
  public static Interval percentile(double[] values, double confidence) {
    if (values.length == 0) {
      return NONE;
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return new Interval(
        quantile(sorted, (1 - confidence) / 2), quantile(sorted, (1 + confidence) / 2));
  }

  private static double quantile(double[] sorted, double q) {
    double position = q * (sorted.length - 1);
    int below = (int) Math.floor(position);
    int above = Math.min(below + 1, sorted.length - 1);
    double part = position - below;
    return part == 0 ? sorted[below] : sorted[below] * (1 - part) + sorted[above] * part;
  }

  /** Whether {@code x} lies between the ends, ends included. */
  public boolean contains(double x) {
    return low <= x && x <= high;
  }

  /** Whether an interval was computed. */
  public boolean known() {
    return !Double.isNaN(low) && !Double.isNaN(high);
  }

  /** high - low. */
  public double width() {
    return high - low;
  }
}
