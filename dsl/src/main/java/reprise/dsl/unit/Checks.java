package reprise.dsl.unit;

/**
 * The checks that constructors of descriptions share; each message names what, got and expected.
 */
public final class Checks {
  private Checks() {}

  /** Throws when the value is not a positive finite number. */
  public static void positive(String name, double value, String unit) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(
          name + " must be a positive number of " + unit + ", got " + Numbers.plain(value));
    }
  }

  /** Throws when the value is NaN or infinite. */
  public static void finite(String name, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(name + " must be finite, got " + value);
    }
  }

  /** Throws when the value is null. */
  public static void present(String name, Object value) {
    if (value == null) {
      throw new IllegalArgumentException(name + " must be given, got null");
    }
  }

  /** Throws when the text is null or blank. */
  public static void text(String name, String value) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(name + " must not be blank");
    }
  }
}
