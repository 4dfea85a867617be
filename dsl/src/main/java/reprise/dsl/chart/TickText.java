package reprise.dsl.chart;

import java.util.List;
import java.util.Locale;

/** Numbers as an axis writes them: plain, or as 2×10⁹ with superscripts. */
final class TickText {
  private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

  private TickText() {}

  /** One style for all labels of an axis: plain where all numbers are of everyday size. */
  static List<String> of(List<Double> values) {
    double largest = values.stream().mapToDouble(Math::abs).max().orElse(1);
    double smallest =
        values.stream().mapToDouble(Math::abs).filter(v -> v > 1e-12 * largest).min().orElse(1);
    boolean plain = largest < 1e5 && smallest >= 1e-4 && largest / smallest < 1e7;
    double least = leastDifference(values, largest);
    int digits = Math.clamp((int) Math.ceil(Math.log10(largest / least)) + 2, 6, 15);
    return values.stream()
        .map(v -> Math.abs(v) <= 1e-9 * least ? "0" : plain ? plain(v, digits) : power(v, digits))
        .toList();
  }

  /** What the digits must be able to tell apart, and beside which a number is 0. */
  private static double leastDifference(List<Double> values, double largest) {
    double least = largest;
    for (int i = 1; i < values.size(); i++) {
      least = Math.min(least, Math.abs(values.get(i) - values.get(i - 1)));
    }
    return least > 0 ? least : 1;
  }

  /** {@code 1.75}: nothing that rounding left behind. */
  private static String plain(double value, int digits) {
    int decimals = Math.max(0, digits - 1 - (int) Math.floor(Math.log10(Math.abs(value))));
    String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
    return minus(text.indexOf('.') < 0 ? text : text.replaceAll("0+$", "").replaceAll("\\.$", ""));
  }

  /** {@code 10⁹}, {@code 2.5×10⁹}. */
  static String power(double value) {
    return power(value, 6);
  }

  private static String power(double value, int digits) {
    int exponent = (int) Math.floor(Math.log10(Math.abs(value)) + 1e-9);
    double mantissa = value / Math.pow(10, exponent);
    String factor = Math.abs(mantissa - 1) < 1e-9 ? "" : plain(mantissa, digits) + "×";
    return factor + "10" + superscript(exponent);
  }

  static String superscript(int exponent) {
    StringBuilder out = new StringBuilder(exponent < 0 ? "⁻" : "");
    for (char digit : String.valueOf(Math.abs(exponent)).toCharArray()) {
      out.append(SUPERSCRIPTS.charAt(digit - '0'));
    }
    return out.toString();
  }

  private static String minus(String number) {
    return number.replace('-', '−');
  }
}
