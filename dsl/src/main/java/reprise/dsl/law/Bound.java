package reprise.dsl.law;

import java.util.Objects;
import reprise.dsl.unit.Numbers;

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
      return constant + " <= " + Numbers.significant(high, 6);
    }
    String above = Double.isInfinite(high) ? "" : " <= " + Numbers.significant(high, 6);
    return above.isEmpty()
        ? constant + " >= " + Numbers.significant(low, 6)
        : Numbers.significant(low, 6) + " <= " + constant + above;
  }
}
