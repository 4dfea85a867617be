package reprise.dsl.claim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Numbers;

/**
 * What we measured for a claim.
 *
 * @param value the number, finite
 * @param interval its confidence interval
 * @param how how it was measured, at which scale
 * @param checks the conditions that the rule names, each held or not
 */
public record Measured(double value, Optional<Interval> interval, String how, List<Check> checks) {
  public Measured {
    Checks.finite("measured value", value);
    Checks.text("how it was measured", how);
    checks = List.copyOf(checks);
  }

  /** A number with its interval. */
  public static Measured of(double value, Interval interval, String how) {
    return new Measured(value, Optional.of(interval), how, List.of());
  }

  /** A number that carries no uncertainty, such as an exact evaluation. */
  public static Measured exactly(double value, String how) {
    return new Measured(value, Optional.empty(), how, List.of());
  }

  /** The same measurement with one more condition. */
  public Measured check(String condition, boolean held, String detail) {
    List<Check> more = new ArrayList<>(checks);
    more.add(new Check(condition, held, detail));
    return new Measured(value, interval, how, more);
  }

  @Override
  public String toString() {
    return Numbers.significant(value, 5) + interval.map(i -> " " + i).orElse("");
  }
}
