package reprise.repro.sparsing;

import java.util.List;
import reprise.dsl.claim.Measured;
import reprise.dsl.sparsity.Activation;
import reprise.dsl.unit.Tokens;
import reprise.papers.sparsing.SparsingData;
import reprise.papers.sparsing.SparsingData.Curve;

/** What the published curves say when they are evaluated. */
final class PublishedCurves {
  private static final long BILLION = 1_000_000_000L;
  private static final long FIRST = 10;
  private static final long LAST = 460;

  private PublishedCurves() {}

  /** Curves that fall (ReLU) or rise (SiLU) from every billion of tokens to the next. */
  static Measured opposite() {
    long right = SparsingData.CURVES.stream().filter(PublishedCurves::asStated).count();
    return Measured.exactly(
        right, "curves of table 2 evaluated at " + FIRST + " to " + LAST + " billion tokens");
  }

  private static boolean asStated(Curve curve) {
    double sign = curve.activation() == Activation.RELU ? -1 : 1;
    for (long d = FIRST; d < LAST; d++) {
      double step =
          curve.ratio(new Tokens((d + 1) * BILLION)) - curve.ratio(new Tokens(d * BILLION));
      // a fall that is lost in rounding is none
      if (!(sign * step > 0)) {
        return false;
      }
    }
    return true;
  }

  /** 1 - A of the largest model with ReLU after a million billion tokens. */
  static Measured sparse() {
    Curve largest = SparsingData.curves(Activation.RELU).getLast();
    return Measured.exactly(
        1 - largest.ratio(new Tokens(1_000_000 * BILLION)),
        "1 less the curve of " + largest.scale() + " at 10^15 tokens");
  }

  /** Least-squares slope of the limits over log10 N, over their mean. */
  static Measured slope(Activation activation) {
    List<Curve> curves = SparsingData.curves(activation);
    double x = curves.stream().mapToDouble(PublishedCurves::size).average().orElseThrow();
    double y = curves.stream().mapToDouble(Curve::limit).average().orElseThrow();
    double cross = 0;
    double square = 0;
    for (Curve curve : curves) {
      double dx = size(curve) - x;
      cross += dx * (curve.limit() / y - 1);
      square += dx * dx;
    }
    return Measured.exactly(
        cross / square,
        "limits of " + curves.size() + " models with " + activation.word() + ", table 2");
  }

  private static double size(Curve curve) {
    return Math.log10(curve.params().count());
  }
}
