package reprise.dsl.claim;

import reprise.dsl.unit.Numbers;

/**
 * An interval with its confidence level and how it was obtained.
 *
 * @param low lower end, not NaN
 * @param high upper end, at least {@code low}
 * @param level confidence, between 0 and 1
 * @param method such as {@code "percentile bootstrap, 4000 resamples"}
 */
public record Interval(double low, double high, double level, String method) {
  public Interval {
    if (!(low <= high)) {
      throw new IllegalArgumentException(
          "an interval needs low <= high, got [" + low + ", " + high + "]");
    }
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException("confidence level must be in (0, 1), got " + level);
    }
  }

  public boolean contains(double value) {
    return low <= value && value <= high;
  }

  public double width() {
    return high - low;
  }

  @Override
  public String toString() {
    return "[" + Numbers.significant(low, 4) + ", " + Numbers.significant(high, 4) + "]";
  }
}
