package reprise.kernel.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reprise.dsl.law.Column;
import reprise.dsl.law.IsoFlop;
import reprise.dsl.law.IsoFlopPlan;
import reprise.dsl.law.Points;
import reprise.dsl.law.SeedNoise;
import reprise.dsl.law.Valley;

@Tag("unit")
class IsoFlopFitterTest {
  // loss = 2 + .05 ln(N/N_opt)^2 + noise at N = N_opt f, N_opt = .3 C^.5, D = C/(6N)
  private static Points valleys(double noise, int seeds, double... factors) {
    List<double[]> rows = new ArrayList<>();
    for (double c : new double[] {1e15, 4e15, 1.6e16}) {
      for (double f : factors) {
        for (int s = 0; s < seeds; s++) {
          double n = .3 * Math.sqrt(c) * f;
          double x = Math.log(f);
          double jitter = noise * Math.sin(100 * f + 10 * s + Math.log(c));
          rows.add(new double[] {c, n, c / (6 * n), 2 + .05 * x * x + jitter});
        }
      }
    }
    return points(rows);
  }

  private static Points points(List<double[]> rows) {
    String[] names = {"C", "N", "D", "loss"};
    Column[] columns = new Column[4];
    for (int j = 0; j < 4; j++) {
      int column = j;
      columns[j] = new Column(names[j], rows.stream().mapToDouble(r -> r[column]).toArray());
    }
    return Points.of(columns);
  }

  @Test
  void anExactParabolaGivesItsMinimum() {
    IsoFlop result =
        IsoFlopFitter.fit(IsoFlopPlan.of(valleys(0, 1, .2, .5, 1.3, 2.6, 6)).bootstrap(50, 1));
    assertThat(result.valleys()).hasSize(3);
    assertThat(result.interior()).isEqualTo(3);
    Valley first = result.valleys().getFirst();
    assertThat(first.params()).isCloseTo(.3 * Math.sqrt(1e15), within(1.0));
    assertThat(6 * first.params() * first.tokens()).isCloseTo(1e15, within(1e9));
    assertThat(first.loss()).isCloseTo(2, within(1e-12));
    assertThat(first.c2()).isCloseTo(.05, within(1e-10));
    assertThat(first.lossAt(first.params())).isCloseTo(2, within(1e-12));
    assertThat(result.exponent().value()).isCloseTo(.5, within(1e-9));
    assertThat(result.tokens().exponent().value()).isCloseTo(.5, within(1e-9));
    assertThat(result.params().at(1e18)).isCloseTo(.3e9, within(10.0));
    assertThat(result.warnings()).isEmpty();
  }

  @Test
  void seedsAreRedrawnWithinTheirCells() {
    IsoFlop result =
        IsoFlopFitter.fit(IsoFlopPlan.of(valleys(.004, 3, .2, .5, 1.3, 2.6, 6)).bootstrap(400, 1));
    assertThat(result.valleys().getFirst().sizes()).isEqualTo(5);
    assertThat(result.exponent().interval().contains(.5)).isTrue();
    assertThat(result.exponent().standardError()).isBetween(.001, .1);
    IsoFlop again =
        IsoFlopFitter.fit(IsoFlopPlan.of(valleys(.004, 3, .2, .5, 1.3, 2.6, 6)).bootstrap(400, 1));
    assertThat(again.exponent()).isEqualTo(result.exponent());
  }

  @Test
  void aMinimumAtTheEdgeIsNotInterior() {
    IsoFlop result =
        IsoFlopFitter.fit(IsoFlopPlan.of(valleys(0, 1, 1.5, 2, 4, 8)).bootstrap(50, 1));
    assertThat(result.interior()).isZero();
    assertThat(result.exponent().value()).isNaN();
    assertThat(result.warnings())
        .contains(
            "3 of 3 budgets have no interior minimum: extend the sizes there",
            "0 interior minima: a power law needs 3 to show whether it is straight");
  }

  @Test
  void threeSizesGiveNoInterval() {
    IsoFlop result = IsoFlopFitter.fit(IsoFlopPlan.of(valleys(0, 1, .3, 1.3, 4)).bootstrap(50, 1));
    assertThat(result.exponent().value()).isCloseTo(.5, within(1e-9));
    assertThat(result.exponent().interval().known()).isFalse();
    assertThat(result.warnings())
        .containsExactly(
            "no seeds and no residuals (3 sizes per budget): intervals cannot be given");
  }

  @Test
  void twoSizesPerBudgetAreRefused() {
    assertThatThrownBy(() -> IsoFlopFitter.fit(IsoFlopPlan.of(valleys(0, 1, .5, 2))))
        .hasMessage(
            "no compute budget has three model sizes, which a parabola needs; 3 budgets, "
                + "6 points");
    assertThatThrownBy(() -> IsoFlopPlan.of(Points.of(Column.of("C", 1))))
        .hasMessage("an IsoFLOP analysis needs the columns C, N, D and loss; the points have [C]");
  }

  /** Porian et al. 2024 (arXiv 2406.19146): their exponents, from Akima interpolation. */
  @ParameterizedTest
  @CsvSource({
    "rw/base/long/kaplan/kaplan/train, .835",
    "rw/base/long/kaplan/standard/val, .706",
    "rw/base/short/kaplan/standard/val, .602",
    "rw/base/short/chinchilla/standard/val, .571",
    "rw/tuned/short/const/standard/val, .497",
    "owt2/base/long/kaplan/kaplan/train, .864",
    "owt2/base/long/kaplan/standard/val, .699",
    "owt2/base/short/kaplan/standard/val, .603",
    "owt2/base/short/chinchilla/standard/val, .574",
    "owt2/tuned/short/const/standard/val, .518",
  })
  void poriansCorrectionsLowerTheExponent(String config, double exponent) {
    IsoFlop result = IsoFlopFitter.fit(IsoFlopPlan.of(porian(config)).window(5).bootstrap(200, 1));
    assertThat(result.exponent().value()).isCloseTo(exponent, within(.03));
    assertThat(result.exponent().interval().contains(result.exponent().value())).isTrue();
    assertThat(result.interior()).isGreaterThanOrEqualTo(10);
  }

  /** The whole recipe of Porian et al. 2024: exponents within .005 of theirs, intervals .015. */
  @ParameterizedTest
  @CsvSource({
    "rw/base/long/kaplan/kaplan/train, .83530, .82351, .84596",
    "rw/base/long/kaplan/standard/val, .70647, .69149, .71693",
    "rw/base/short/kaplan/standard/val, .60204, .59143, .61728",
    "rw/base/short/chinchilla/standard/val, .57149, .55980, .58852",
    "rw/tuned/short/const/standard/val, .49690, .49068, .50452",
  })
  void akimaAndSeedNoiseGivePoriansExponents(
      String config, double exponent, double low, double high) {
    IsoFlopPlan plan =
        IsoFlopPlan.of(porian(config)).akima(SeedNoise.REFINED_WEB).bootstrap(1000, 1);
    IsoFlop result = IsoFlopFitter.fit(plan);
    assertThat(result.exponent().value()).isCloseTo(exponent, within(.005));
    assertThat(result.exponent().interval().low()).isCloseTo(low, within(.015));
    assertThat(result.exponent().interval().high()).isCloseTo(high, within(.015));
    assertThat(result.interior()).isGreaterThanOrEqualTo(10);
  }

  private static Points porian(String config) {
    Csv csv = Published.csv("porian_isoflop_points.csv");
    List<double[]> rows = new ArrayList<>();
    for (List<String> row : csv.rows()) {
      if (row.get(0).equals(config)) {
        rows.add(row.stream().skip(1).mapToDouble(Double::parseDouble).toArray());
      }
    }
    return points(rows);
  }

  @Test
  void akimaNeedsFiveSizes() {
    IsoFlopPlan plan = IsoFlopPlan.of(valleys(0, 1, .3, 1.3, 4)).akima(SeedNoise.constant(.01));
    assertThatThrownBy(() -> IsoFlopFitter.fit(plan))
        .hasMessage(
            "no compute budget has five model sizes, which Akima's spline needs; use parabolas");
  }

  /** scipy.interpolate.Akima1DInterpolator([0, 1, 2.5, 3, 4.2, 5], [2, 1, .5, .7, 1.9, 2]). */
  @Test
  void akimaIsScipys() {
    Akima spline =
        new Akima(new double[] {0, 1, 2.5, 3, 4.2, 5}, new double[] {2, 1, .5, .7, 1.9, 2});
    assertThat(spline.at(.5)).isCloseTo(1.4186507936507935, within(1e-12));
    assertThat(spline.at(1.7)).isCloseTo(0.629892137751787, within(1e-12));
    assertThat(spline.at(2.75)).isCloseTo(0.5611910280883556, within(1e-12));
    assertThat(spline.at(4.9)).isCloseTo(2.0266733977754234, within(1e-12));
  }
}
