package reprise.dsl.law;

import java.util.Objects;

/**
 * One constant of a law.
 *
 * @param name as the paper writes it, in ASCII: {@code alpha}, {@code E}, {@code R_D*}
 * @param unit of the constant; {@code "1"} for a pure number
 * @param meaning one line for a reader who has not read the paper
 * @param link how it follows from the optimiser's parameter
 * @param role what it does in the formula, which decides how its being unidentified shows
 */
public record Constant(String name, String unit, String meaning, Link link, Role role) {

  /** What a constant does in its formula. */
  public enum Role {
    /** An additive floor such as E: without effect on the fit when it is 0. */
    FLOOR,
    /** A factor such as A: its scale goes with its exponent. */
    COEFFICIENT,
    /** A scale within the range of its input, such as R_D* repetitions; without effect at 0. */
    SCALE,
    /** A power such as alpha: at 0 its input has no effect. */
    EXPONENT
  }

  public Constant {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(unit, "unit");
    Objects.requireNonNull(meaning, "meaning");
    Objects.requireNonNull(link, "link");
    Objects.requireNonNull(role, "role");
  }

  /** An additive floor of the loss, kept positive. */
  public static Constant floor(String name, String unit, String meaning) {
    return new Constant(name, unit, meaning, Link.LOG, Role.FLOOR);
  }

  /** A positive factor. */
  public static Constant coefficient(String name, String unit, String meaning) {
    return new Constant(name, unit, meaning, Link.LOG, Role.COEFFICIENT);
  }

  /** A positive scale of an input. */
  public static Constant scale(String name, String unit, String meaning) {
    return new Constant(name, unit, meaning, Link.LOG, Role.SCALE);
  }

  /** A power, free in sign. */
  public static Constant exponent(String name, String meaning) {
    return new Constant(name, "1", meaning, Link.IDENTITY, Role.EXPONENT);
  }
}
