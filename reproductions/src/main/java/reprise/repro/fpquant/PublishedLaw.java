package reprise.repro.fpquant;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import reprise.dsl.claim.Measured;
import reprise.dsl.law.FpQuant;
import reprise.dsl.law.Laws;
import reprise.dsl.lowprecision.FloatFormat;
import reprise.dsl.unit.Numbers;

/** What follows from the published constants. */
final class PublishedLaw {
  private static final FpQuant LAW = Laws.FP_QUANT;
  private static final double[] CONSTANTS =
      FpQuant.PUBLISHED.stream().mapToDouble(Double::doubleValue).toArray();
  private static final double PARAMS = 1e9;
  private static final double BLOCK = 128;
  private static final double TRILLION = 1e12;

  private PublishedLaw() {}

  /** Formats whose exponent bits are the best of their width. */
  static Measured layouts() {
    long right =
        List.of(FloatFormat.E2M1, FloatFormat.E4M3, FloatFormat.E8M7).stream()
            .filter(f -> LAW.bestExponentBits(CONSTANTS, f.bits()) == f.exponentBits())
            .count();
    return Measured.exactly(right, "least (E + .5)^-delta (M + .5)^-nu among whole bits");
  }

  /** delta over nu. */
  static Measured exponentOverMantissa() {
    List<String> names = LAW.constantNames();
    return Measured.exactly(
        CONSTANTS[names.indexOf("delta")] / CONSTANTS[names.indexOf("nu")],
        "published constants, which come without uncertainty");
  }

  /** D_crit in trillions. */
  static Measured critical(FloatFormat format) {
    double tokens =
        LAW.criticalTokens(CONSTANTS, PARAMS, format.exponentBits(), format.mantissaBits(), BLOCK);
    return Measured.exactly(tokens / TRILLION, format + ", N = 10^9, B = 128");
  }

  /** Costs whose best width rounds to 4 to 8 bits. */
  static Measured bestCost() {
    double[] widths =
        IntStream.rangeClosed(21, 31)
            .mapToDouble(power -> LAW.costOptimalWidth(CONSTANTS, Math.pow(10, power), BLOCK))
            .toArray();
    long within =
        Arrays.stream(widths).mapToLong(Math::round).filter(p -> p >= 4 && p <= 8).count();
    return Measured.exactly(
        within,
        "from "
            + Numbers.significant(widths[0], 3)
            + " to "
            + Numbers.significant(widths[widths.length - 1], 3)
            + " bits, B = 128");
  }
}
