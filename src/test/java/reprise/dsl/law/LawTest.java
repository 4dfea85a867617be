package reprise.dsl.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("unit")
class LawTest {
  static Stream<Law> laws() {
    return Laws.all().stream();
  }

  @ParameterizedTest
  @MethodSource("laws")
  void theAnalyticGradientIsTheNumericOne(Law law) {
    int p = law.constants().size();
    double[] analytic = new double[p];
    double[] numeric = new double[p];
    double[] logs = new double[law.inputs().size() * 3];
    for (int i = 0; i < logs.length; i++) {
      logs[i] = i % 3 + 1.5 + .3 * i;
    }
    StartGrid starts = law.starts();
    for (int s = 0; s < starts.size(); s += Math.max(1, starts.size() / 50)) {
      double[] theta = starts.start(s);
      int at = law.inputs().size(); // the second point, so that the offset counts
      double value = law.logPrediction(theta, logs, at, analytic);
      assertThat(value).isCloseTo(law.logPrediction(theta, logs, at), within(1e-12));
      numeric(law, theta, logs, at, numeric);
      for (int j = 0; j < p; j++) {
        assertThat(analytic[j])
            .as("%s, start %d, %s", law.name(), s, law.constantNames().get(j))
            .isCloseTo(numeric[j], within(1e-5 * Math.max(1, Math.abs(numeric[j]))));
      }
    }
  }

  private static void numeric(Law law, double[] theta, double[] logs, int at, double[] gradient) {
    for (int j = 0; j < theta.length; j++) {
      double[] up = theta.clone();
      double[] down = theta.clone();
      up[j] += 1e-6;
      down[j] -= 1e-6;
      gradient[j] = (law.logPrediction(up, logs, at) - law.logPrediction(down, logs, at)) / 2e-6;
    }
  }

  @ParameterizedTest
  @MethodSource("laws")
  void constantsAndThetaAreInverse(Law law) {
    double[] theta = law.starts().start(law.starts().size() - 1);
    double[] back = law.theta(law.constants(theta));
    assertThat(back).containsExactly(theta, within(1e-9));
  }

  @Test
  void chinchillaIsItsFormula() {
    double[] c = {406.4, 410.7, 1.69, .34, .28};
    double expected = 1.69 + 406.4 / Math.pow(7e10, .34) + 410.7 / Math.pow(1.4e12, .28);
    assertThat(Laws.CHINCHILLA.predict(c, 7e10, 1.4e12)).isCloseTo(expected, within(1e-12));
    assertThat(Laws.CHINCHILLA.starts().size()).isEqualTo(4500);
    assertThat(Laws.CHINCHILLA.starts().start(0)).containsExactly(0, 0, -1, 0, 0);
    assertThat(Laws.CHINCHILLA.starts().start(4499)).containsExactly(25, 25, 1, 2, 2);
  }

  @Test
  void kaplanIsItsFormula() {
    double[] c = {6.4e13, 1.8e13, .076, .103};
    double expected = Math.pow(Math.pow(6.4e13 / 1e9, .076 / .103) + 1.8e13 / 2e10, .103);
    assertThat(Laws.KAPLAN.predict(c, 1e9, 2e10)).isCloseTo(expected, within(1e-12));
    // eq. 1.6 with Table 3: L(N, S)
    double[] steps = {6.5e13, 2.1e3, .077, .76};
    double along = Math.pow(6.5e13 / 1e9, .077) + Math.pow(2.1e3 / 1e5, .76);
    assertThat(Laws.KAPLAN_STEPS.predict(steps, 1e9, 1e5)).isCloseTo(along, within(1e-12));
    assertThatThrownBy(() -> Laws.KAPLAN_STEPS.theta(1, 2))
        .hasMessage("kaplan-steps has 4 constants [N_c, S_c, alpha_N, alpha_S], got 2");
    // eq. 1.1: L(N) = (8.8e13/N)^.076
    assertThat(Laws.POWER_LAW.predict(new double[] {8.8e13, .076}, 1e9))
        .isCloseTo(Math.pow(8.8e4, .076), within(1e-12));
  }

  @Test
  void wrongCountsAreNamed() {
    assertThatThrownBy(() -> Laws.CHINCHILLA.predict(new double[5], 1))
        .hasMessage("chinchilla takes inputs [N, D], got 1 number(s)");
    assertThatThrownBy(() -> Laws.CHINCHILLA.theta(1, 2))
        .hasMessage("chinchilla has 5 constants [A, B, E, alpha, beta], got 2");
    assertThatThrownBy(() -> Laws.named("kaplann"))
        .hasMessageStartingWith("no law is called kaplann. Did you mean kaplan? Laws: chinchilla,");
  }

  @Test
  void dropTakesTiesWithTheLimitToo() {
    Points points = Points.of(Column.of("loss", 5, 4, 4, 3, 2)).with(Column.of("N", 1, 2, 3, 4, 5));
    assertThat(points.drop(2).column("N").values()).containsExactly(4, 5); // strictly below 4
    assertThat(points.drop(1).column("N").values()).containsExactly(2, 3, 4, 5);
    assertThat(points.drop(0)).isEqualTo(points);
    assertThat(points.drop(2).labels()).isEqualTo(List.of("point 4", "point 5"));
    assertThatThrownBy(() -> points.drop(6)).hasMessage("cannot drop 6 points of 5: choose 0 to 5");
  }

  @Test
  void plansNameWhatIsMissing() {
    Points points = Points.of(Column.of("N", 1), Column.of("loss", 2));
    assertThatThrownBy(() -> FitPlan.of(Laws.CHINCHILLA, points))
        .hasMessage("chinchilla needs a column D; the points have [N, loss]");
    assertThatThrownBy(() ->
            FitPlan.of(Laws.POWER_LAW_PLUS_CONSTANT, points).starts(StartGrid.of(Axis.of("E", 1))))
        .hasMessage(
            "start grid of powerlaw-plus-constant: axes [E], expected one per constant, in order "
                + "[A, E, alpha]");
    assertThatThrownBy(() -> Points.of(Column.of("a", 1), Column.of("b", 1, 2)))
        .hasMessage("points: column b has 2 values, expected 1");
  }

  @Test
  void valuesAreCopied() {
    double[] n = {1, 2};
    Points points = Points.of(new Column("N", n));
    n[0] = 9;
    points.column("N").values()[1] = 9;
    assertThat(points.column("N").values()).containsExactly(1, 2);
  }

  @Test
  void percentilesInterpolateLikeNumpy() {
    // numpy.percentile([1, 2, 3, 4, 10], [2.5, 97.5]) = 1.1, 9.4
    Interval interval = Interval.percentile(new double[] {10, 1, 2, 4, 3}, .95);
    assertThat(interval.low()).isCloseTo(1.1, within(1e-12));
    assertThat(interval.high()).isCloseTo(9.4, within(1e-12));
    assertThat(Interval.percentile(new double[0], .95).known()).isFalse();
  }
}
