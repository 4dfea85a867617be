package reprise.dsl.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class TicksTest {
  private static List<String> labels(boolean log, double low, double high, int most) {
    return Ticks.of(log, low, high, most).major().stream().map(Ticks.Tick::label).toList();
  }

  @Test
  void decadesAreWrittenAsPowersOfTen() {
    assertThat(labels(true, 1e18, 3e21, 8)).containsExactly("10¹⁸", "10¹⁹", "10²⁰", "10²¹");
    assertThat(labels(true, 1e-9, 1e-6, 8)).containsExactly("10⁻⁹", "10⁻⁸", "10⁻⁷", "10⁻⁶");
  }

  @Test
  void manyDecadesAreLabelledWithAStride() {
    assertThat(labels(true, 1e8, 1e20, 4)).containsExactly("10⁸", "10¹²", "10¹⁶", "10²⁰");
  }

  @Test
  void everydayNumbersStayPlain() {
    assertThat(labels(true, .5, 200, 8)).containsExactly("1", "10", "100");
  }

  @Test
  void aLossAxisUnderOneDecadeKeepsItsLabels() {
    assertThat(labels(true, 1.7, 5, 8)).containsExactly("2", "3", "5");
    assertThat(labels(true, 2.9, 3.4, 8)).containsExactly("2.9", "3", "3.1", "3.2", "3.3", "3.4");
  }

  @Test
  void underTwoDecadesDigitsOneTwoFive() {
    assertThat(labels(true, 6e9, 7e10, 6)).containsExactly("10¹⁰", "2×10¹⁰", "5×10¹⁰");
  }

  @Test
  void linearStepsAreRoundAndMinusIsAMinus() {
    assertThat(labels(false, -2.1, 2.2, 5)).containsExactly("−2", "−1", "0", "1", "2");
    assertThat(labels(false, .3, .42, 6))
        .containsExactly("0.3", "0.32", "0.34", "0.36", "0.38", "0.4", "0.42");
    assertThat(labels(false, 0, 4e9, 4)).containsExactly("0", "10⁹", "2×10⁹", "3×10⁹", "4×10⁹");
  }

  @Test
  void narrowRangesFarFromZeroKeepTheirLabelsApart() {
    assertThat(labels(false, 100000.1, 100000.4, 4)).doesNotHaveDuplicates().hasSizeGreaterThan(2);
  }

  @Test
  void everyRangeHasAtLeastTwoDifferentLabelsInsideIt() {
    var random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      boolean log = random.nextBoolean();
      double low = Math.pow(10, random.nextDouble(-12, 24));
      double high = low * (1 + Math.pow(10, random.nextDouble(-3, 6)));
      int most = random.nextInt(2, 12);
      Ticks ticks = Ticks.of(log, low, high, most);
      assertThat(ticks.major().stream().map(Ticks.Tick::label))
          .as("%s from %s to %s, most %s", log ? "log" : "linear", low, high, most)
          .hasSizeGreaterThanOrEqualTo(2)
          .hasSizeLessThanOrEqualTo(3 * most + 3)
          .doesNotHaveDuplicates();
      assertThat(ticks.major())
          .allSatisfy(t -> assertThat(t.value()).isBetween(low * (1 - 1e-6), high * (1 + 1e-6)));
    }
  }
}
