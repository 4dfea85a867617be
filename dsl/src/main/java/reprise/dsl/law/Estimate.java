package reprise.dsl.law;

import java.util.Locale;

/**
 * A number with its uncertainty.
 *
 * @param name of the constant or derived quantity
 * @param unit of the value
 * @param value at the optimum
 * @param standardError of the value; NaN where it was not computed
 * @param interval at the plan's confidence
 */
public record Estimate(
    String name, String unit, double value, double standardError, Interval interval) {

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s = %.6g (se %.3g, %.4g to %.4g)",
        name,
        value,
        standardError,
        interval.low(),
        interval.high());
  }
}
