package reprise.dsl.claim;

import java.util.Optional;
import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Numbers;

/**
 * The number that a claim states, and where it stands.
 *
 * @param value the number
 * @param interval the paper's own interval, where it prints one
 * @param unit its unit, or an empty text for a pure number
 * @param where section, table or figure; for a number that is known by construction, how
 */
public record Expected(double value, Optional<Interval> interval, String unit, String where) {
  public Expected {
    Checks.finite("expected value", value);
    Checks.text("where the expected value stands", where);
  }

  /** A number without an interval of its own. */
  public static Expected number(double value, String unit, String where) {
    return new Expected(value, Optional.empty(), unit, where);
  }

  /** A number with the paper's interval. */
  public static Expected number(double value, Interval interval, String unit, String where) {
    return new Expected(value, Optional.of(interval), unit, where);
  }

  @Override
  public String toString() {
    return Numbers.significant(value, 5)
        + interval.map(i -> " " + i).orElse("")
        + (unit.isEmpty() ? "" : " " + unit);
  }
}
