package reprise.dsl.law;

import java.util.Objects;
import reprise.dsl.unit.Numbers;

/**
 * Points kept from a fit, to be predicted by it: those beyond a value of one column.
 *
 * @param column name
 * @param limit a point with a larger value is held out
 */
public record HeldOut(String column, double limit) {
  public HeldOut {
    Objects.requireNonNull(column, "column");
    if (!Double.isFinite(limit)) {
      throw new IllegalArgumentException("held out above " + limit + ": give a finite number");
    }
  }

  /** Points with more than {@code limit} in {@code column}: {@code above("N", 1e9)}. */
  public static HeldOut above(String column, double limit) {
    return new HeldOut(column, limit);
  }

  /** The points that are fitted. */
  public Points fitted(Points all) {
    Column c = all.column(column);
    return all.where(i -> c.value(i) <= limit);
  }

  /** The points that are predicted. */
  public Points predicted(Points all) {
    Column c = all.column(column);
    return all.where(i -> c.value(i) > limit);
  }

  @Override
  public String toString() {
    return column + " > " + Numbers.significant(limit, 4);
  }
}
