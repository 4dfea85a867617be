package reprise.dsl.unit;

import java.util.Locale;

/** How numbers are printed everywhere: one place, so that tables, plans and verdicts agree. */
public final class Numbers {
  private Numbers() {}

  /** {@code 1.2e11}: two significant digits, no padding. */
  public static String scientific(double value) {
    if (value == 0) {
      return "0";
    }
    int exponent = (int) Math.floor(Math.log10(Math.abs(value)));
    double mantissa = value / Math.pow(10, exponent);
    if (Math.abs(mantissa) >= 9.995) {
      mantissa /= 10;
      exponent++;
    }
    String digits = trim(String.format(Locale.ROOT, "%.2f", mantissa));
    return digits + "e" + exponent;
  }

  /** {@code 1.23M}: three significant digits and k, M, B (10^9) or T, as papers write sizes. */
  public static String short3(double value) {
    String[] letters = {"", "k", "M", "B", "T"};
    double scaled = value;
    int letter = 0;
    while (Math.abs(scaled) >= 999.5 && letter < letters.length - 1) {
      scaled /= 1000;
      letter++;
    }
    return significant(scaled, 3) + letters[letter];
  }

  /** A number with the given count of significant digits, plain between 1e-4 and 1e7. */
  public static String significant(double value, int digits) {
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "not a number" : value > 0 ? "infinite" : "-infinite";
    }
    if (value == 0) {
      return "0";
    }
    double size = Math.abs(value);
    if (size < 1e-4 || size >= 1e7) {
      return trimMantissa(String.format(Locale.ROOT, "%." + (digits - 1) + "e", value));
    }
    int decimals = Math.max(0, digits - 1 - (int) Math.floor(Math.log10(size)));
    String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
    return text.indexOf('.') >= 0 ? trim(text) : text;
  }

  /** A whole number with a comma every three digits. */
  public static String grouped(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** Whole numbers without a decimal point, others as Java prints them. */
  public static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.valueOf(value);
  }

  /** {@code 1 h 5 min}, {@code 4 min}, {@code 12 s}, {@code 0.3 s}. */
  public static String duration(double seconds) {
    if (seconds < 10) {
      return significant(seconds, 2) + " s";
    }
    long whole = Math.round(seconds);
    if (whole < 100) {
      return whole + " s";
    }
    long minutes = Math.round(seconds / 60);
    return minutes < 100 ? minutes + " min" : minutes / 60 + " h " + minutes % 60 + " min";
  }

  private static String trim(String decimal) {
    return decimal.replaceAll("0+$", "").replaceAll("\\.$", "");
  }

  private static String trimMantissa(String scientific) {
    int e = scientific.indexOf('e');
    String mantissa = scientific.substring(0, e);
    String exponent = scientific.substring(e + 1).replaceFirst("^\\+?(-?)0*(?=\\d)", "$1");
    return (mantissa.indexOf('.') >= 0 ? trim(mantissa) : mantissa) + "e" + exponent;
  }
}
