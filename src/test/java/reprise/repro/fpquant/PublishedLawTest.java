package reprise.repro.fpquant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.dsl.law.FpQuant;
import reprise.dsl.law.Laws;
import reprise.dsl.lowprecision.FloatFormat;

/** The closed forms against the paper's numbers and against brute force. */
@Tag("unit")
class PublishedLawTest {
  private static final FpQuant LAW = Laws.FP_QUANT;
  private static final double[] PUBLISHED =
      FpQuant.PUBLISHED.stream().mapToDouble(Double::doubleValue).toArray();

  /** Figure 5: E2M1, E2M2, E3M2, E3M3, E4M3 for 4 to 8 bits, E8M7 for 16. */
  @Test
  void bestLayoutsAreWhereTheLossIsLeast() {
    int[][] best = {{4, 2}, {5, 2}, {6, 3}, {7, 3}, {8, 4}, {16, 8}};
    for (int[] layout : best) {
      assertThat(LAW.bestExponentBits(PUBLISHED, layout[0])).isEqualTo(layout[1]);
      double e = LAW.optimalExponentBits(PUBLISHED, layout[0]);
      double m = LAW.optimalMantissaBits(PUBLISHED, layout[0]);
      assertThat(e + m + 1).isCloseTo(layout[0], within(1e-12));
      assertThat(e).isCloseTo(layout[1], within(.6));
      double least = LAW.predict(PUBLISHED, 1e9, 1e11, e, m, 128);
      for (double shift : new double[] {-.2, -.01, .01, .2}) {
        assertThat(LAW.predict(PUBLISHED, 1e9, 1e11, e + shift, m - shift, 128))
            .isGreaterThan(least);
      }
    }
    // 3.1926 * 4/6.1469 - .5
    assertThat(LAW.optimalExponentBits(PUBLISHED, 4)).isCloseTo(1.57754, within(1e-5));
    assertThat(LAW.optimalMantissaBits(PUBLISHED, 4)).isCloseTo(1.42246, within(1e-5));
  }

  /** 1730T, 27T, 0.4T, and there the loss is least over D. */
  @Test
  void criticalDataIsTheMinimumOverTokens() {
    double[] trillions = {1729.5, 27.329, .39285};
    FloatFormat[] formats = {FloatFormat.E8M7, FloatFormat.E4M3, FloatFormat.E2M1};
    for (int i = 0; i < formats.length; i++) {
      assertThat(PublishedLaw.critical(formats[i]).value())
          .isCloseTo(trillions[i], within(1e-4 * trillions[i]));
      double d = 1e12 * PublishedLaw.critical(formats[i]).value();
      double least = loss(formats[i], d);
      assertThat(loss(formats[i], .9 * d)).isGreaterThan(least);
      assertThat(loss(formats[i], 1.1 * d)).isGreaterThan(least);
    }
  }

  private static double loss(FloatFormat format, double tokens) {
    return LAW.predict(PUBLISHED, 1e9, tokens, format.exponentBits(), format.mantissaBits(), 128);
  }

  /** P_opt(D): at a fixed cost and number of tokens no other width has less loss. */
  @Test
  void optimalWidthIsTheMinimumAtEqualCost() {
    for (double tokens : new double[] {1e9, 1e11, 1e13}) {
      double best = LAW.optimalWidth(PUBLISHED, tokens, 128);
      double least = atCost(1e22, tokens, best);
      for (double factor : new double[] {.7, .95, 1.05, 1.4}) {
        assertThat(atCost(1e22, tokens, factor * best)).isGreaterThan(least);
      }
    }
  }

  private static double atCost(double cost, double tokens, double width) {
    return LAW.predict(
        PUBLISHED,
        16 * cost / (6 * tokens * width),
        tokens,
        LAW.optimalExponentBits(PUBLISHED, width),
        LAW.optimalMantissaBits(PUBLISHED, width),
        128);
  }

  /** N, D and P free: brute force over D and P finds nothing better. */
  @Test
  void costOptimalWidthLiesBetweenFourAndEight() {
    double before = 0;
    for (int power = 21; power <= 31; power++) {
      double cost = Math.pow(10, power);
      double width = LAW.costOptimalWidth(PUBLISHED, cost, 128);
      assertThat(width).isBetween(3.5, 8.5).isGreaterThan(before);
      before = width;
      double least = Double.MAX_VALUE;
      double at = 0;
      for (double p = 2; p <= 12; p *= 1.02) {
        for (double d = 1e8; d < cost / 1e8; d *= 1.1) {
          double loss = atCost(cost, d, p);
          at = loss < least ? p : at;
          least = Math.min(least, loss);
        }
      }
      assertThat(at).isCloseTo(width, within(.03 * width));
    }
    assertThat(PublishedLaw.layouts().value()).isEqualTo(3);
    assertThat(PublishedLaw.bestCost().value()).isEqualTo(11);
    assertThat(PublishedLaw.exponentOverMantissa().value()).isCloseTo(1.0807, within(1e-4));
  }
}
