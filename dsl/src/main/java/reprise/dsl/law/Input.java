package reprise.dsl.law;

import java.util.Objects;
import reprise.dsl.unit.Counting;

/**
 * One input of a law; the {@link Points} to be fitted have a column of this name.
 *
 * @param name {@code N}, {@code D}, {@code C}, ...
 * @param unit in which the column is counted, with its counting rule where one exists
 * @param domain which values it takes
 */
public record Input(String name, String unit, Domain domain) {
  /** The values of an input. Laws see logarithms: that of 0 is minus infinity. */
  public enum Domain {
    /** Above 0. */
    POSITIVE,
    /** 0 or above, as the mantissa bits of a number format. */
    NOT_NEGATIVE;

    /** Whether a law with such an input can be evaluated at {@code x}. */
    public boolean contains(double x) {
      return x < Double.POSITIVE_INFINITY && (this == POSITIVE ? x > 0 : x >= 0);
    }

    /** For messages: {@code positive}. */
    public String text() {
      return this == POSITIVE ? "positive" : "zero or positive";
    }
  }

  public Input {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(unit, "unit");
    Objects.requireNonNull(domain, "domain");
  }

  /** A positive input. */
  public Input(String name, String unit) {
    this(name, unit, Domain.POSITIVE);
  }

  /** The same input where 0 is a value. */
  public Input orZero() {
    return new Input(name, unit, Domain.NOT_NEGATIVE);
  }

  /** Model size N under a counting rule. */
  public static Input params(Counting counting) {
    return new Input("N", counting.text());
  }

  /** Training tokens D. */
  public static Input tokens() {
    return new Input("D", "training tokens");
  }

  /** Training compute C. */
  public static Input flops() {
    return new Input("C", "training FLOP");
  }
}
