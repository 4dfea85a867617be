package reprise.dsl.law;

import java.util.Locale;
import java.util.Objects;

/**
 * Limits of a constant that a fit must keep.
 *
 * @param constant its name
 * @param low least value, or minus infinity
 * @param high greatest value, or infinity
 */
public record Bound(String constant, double low, double high) {
  public Bound {
    Objects.requireNonNull(constant, "constant");
    if (!(low < high) || Double.isInfinite(low) && Double.isInfinite(high)) {
      throw new IllegalArgumentException(
          "bound of "
              + constant
              + ": needs low < high and one of them finite, got "
              + low
              + " and "
              + high);
    }
  }

  /** low &lt;= constant &lt;= high. */
  public static Bound between(String constant, double low, double high) {
    return new Bound(constant, low, high);
  }

  /** constant &gt;= low. */
  public static Bound atLeast(String constant, double low) {
    return new Bound(constant, low, Double.POSITIVE_INFINITY);
  }

  /** constant &lt;= high. */
  public static Bound atMost(String constant, double high) {
    return new Bound(constant, Double.NEGATIVE_INFINITY, high);
  }

  @Override
  public String toString() {
    if (Double.isInfinite(low)) {
      return String.format(Locale.ROOT, "%s <= %.6g", constant, high);
    }
    return Double.isInfinite(high)
        ? String.format(Locale.ROOT, "%s >= %.6g", constant, low)
        : String.format(Locale.ROOT, "%.6g <= %s <= %.6g", low, constant, high);
  }
}
