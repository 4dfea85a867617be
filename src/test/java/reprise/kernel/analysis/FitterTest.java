package reprise.kernel.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static reprise.dsl.law.Laws.CHINCHILLA;

import java.util.List;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reprise.dsl.law.Axis;
import reprise.dsl.law.Column;
import reprise.dsl.law.Constant;
import reprise.dsl.law.Fit;
import reprise.dsl.law.FitPlan;
import reprise.dsl.law.FitWarning;
import reprise.dsl.law.Input;
import reprise.dsl.law.Law;
import reprise.dsl.law.Laws;
import reprise.dsl.law.Objective;
import reprise.dsl.law.Points;
import reprise.dsl.law.PowerLawPlusConstant;
import reprise.dsl.law.StartGrid;
import reprise.dsl.unit.Counting;

@Tag("unit")
class FitterTest {
  private static final double[] TRUTH = {406.4, 410.7, 1.69, .34, .28};

  private static Points grid(DoubleBinaryOperator tokens, DoubleBinaryOperator loss) {
    double[] n = new double[36];
    double[] d = new double[36];
    double[] l = new double[36];
    for (int i = 0; i < 36; i++) {
      int size = i / 6;
      n[i] = 1e7 * Math.pow(4, size);
      d[i] = tokens.applyAsDouble(n[i], 1e8 * Math.pow(5, i % 6));
      l[i] = loss.applyAsDouble(n[i], d[i]);
    }
    return Points.of(n, d, l);
  }

  private static Points exact() {
    return grid((n, d) -> d, (n, d) -> CHINCHILLA.predict(TRUTH, n, d));
  }

  @ParameterizedTest
  @ValueSource(strings = {"huber", "lad", "squared", "raw huber", "raw lad"})
  void recoversTheConstantsOfNoiseFreePoints(String name) {
    Objective objective =
        switch (name) {
          case "huber" -> Objective.huber(1e-3);
          case "lad" -> Objective.leastAbsolute();
          case "squared" -> Objective.squared();
          case "raw huber" -> Objective.huber(1e-3).onRawLoss();
          default -> Objective.leastAbsolute().onRawLoss();
        };
    Fit fit =
        Fitter.fit(
            FitPlan.of(CHINCHILLA, exact())
                .objective(objective)
                .starts(ChinchillaRefitTest.coarse())
                .bootstrap(20, 1));
    for (int j = 0; j < 5; j++) {
      assertThat(fit.values()[j] / TRUTH[j]).isCloseTo(1, within(1e-5));
    }
    assertThat(fit.converged()).isTrue();
    assertThat(fit.warnings()).isEmpty();
    assertThat(fit.predict(7e10, 1.4e12).value())
        .isCloseTo(CHINCHILLA.predict(TRUTH, 7e10, 1.4e12), within(1e-6));
  }

  @Test
  void aConstantInputIsAFlatValley() {
    Points points = grid((n, d) -> 1e9, (n, d) -> CHINCHILLA.predict(TRUTH, n, d));
    Fit fit = Fitter.fit(quick(points));
    assertThat(fit.identified()).isFalse();
    assertThat(messages(fit))
        .anyMatch(m ->
            m.startsWith("flat valley: B, beta can move together")
                || m.startsWith("flat valley: B, E"));
  }

  @Test
  void tokensInProportionToParametersAreAFlatValley() {
    // D = 20 N throughout: A/N^alpha and B/D^beta are told apart only by their exponents'
    // difference
    Points points = grid((n, d) -> 20 * n, (n, d) -> CHINCHILLA.predict(TRUTH, n, d) * noise(n, d));
    assertThat(Fitter.fit(quick(points)).identified()).isFalse();
  }

  @Test
  void aFloorThatPointsDoNotShowIsAtItsBound() {
    Points points = Points.of(column(1), column(2), column(3));
    double[] n = points.column("N").values();
    double[] loss = new double[n.length];
    for (int i = 0; i < n.length; i++) {
      loss[i] = 8 * Math.pow(n[i], -.07) * (1 + .01 * Math.sin(i));
    }
    Fit fit =
        Fitter.fit(
            FitPlan.of(
                    Laws.POWER_LAW_PLUS_CONSTANT,
                    Points.of(new Column("N", n), new Column("loss", loss)))
                .bootstrap(200, 1));
    assertThat(fit.identified()).isFalse();
    assertThat(messages(fit))
        .anyMatch(m ->
            m.contains("E") && (m.contains("at its bound 0") || m.contains("reaches 0, no floor")));
  }

  @Test
  void tooFewPointsAreRefused() {
    Points five = exact().where(i -> i % 8 == 0);
    assertThat(five.size()).isEqualTo(5);
    assertThatThrownBy(() -> Fitter.fit(quick(five)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "too few points: 5 for the 5 constants of chinchilla; at least 6 are needed, "
                + "and 15 for intervals worth having");
    Fit few = Fitter.fit(quick(exact().where(i -> i % 3 == 0)));
    assertThat(few.warnings()).contains(new FitWarning.FewPoints(12, 5));
  }

  @Test
  void aValueThatIsNotPositiveIsNamed() {
    Points points = exact().with(Column.of("loss", new double[36]));
    assertThatThrownBy(() -> Fitter.fit(quick(points)))
        .hasMessage(
            "point 1, column loss: 0.0 is not a positive number; laws are fitted in logarithms: "
                + "correct or drop it");
  }

  @Test
  void aLawOfOnesOwnNeedsNoGradient() {
    Law mine =
        Law.of(
            "mine",
            "L = E + A/N^alpha + B/D^beta",
            List.of(
                Constant.coefficient("A", "nats", "model term"),
                Constant.coefficient("B", "nats", "data term"),
                Constant.floor("E", "nats", "floor"),
                Constant.exponent("alpha", "power of N"),
                Constant.exponent("beta", "power of D")),
            List.of(Input.params(Counting.ALL), Input.tokens()),
            StartGrid.of(
                Axis.of("A", 5),
                Axis.of("B", 5, 8),
                Axis.of("E", .5),
                Axis.of("alpha", .3),
                Axis.of("beta", .3)),
            (c, x) -> c[2] + c[0] * Math.pow(x[0], -c[3]) + c[1] * Math.pow(x[1], -c[4]));
    Fit own = Fitter.fit(FitPlan.of(mine, FitBench.points()).bootstrap(0, 0));
    Fit ours =
        Fitter.fit(
            FitPlan.of(CHINCHILLA, FitBench.points())
                .starts(ChinchillaRefitTest.coarse())
                .bootstrap(0, 0));
    assertThat(own.objective() / ours.objective()).isCloseTo(1, within(1e-8));
    assertThat(own.converged()).isTrue();
  }

  @Test
  void kaplansLawIsRecovered() {
    double[] truth = {6.4e13, 1.8e13, .076, .103};
    Points points = grid((n, d) -> d, (n, d) -> Laws.KAPLAN.predict(truth, n, d));
    Fit fit = Fitter.fit(FitPlan.of(Laws.KAPLAN, points).bootstrap(0, 0));
    for (int j = 0; j < 4; j++) {
      assertThat(fit.values()[j] / truth[j]).isCloseTo(1, within(1e-4));
    }
  }

  @Test
  void withoutBootstrapTheAsymptoticErrorIsThatOfLeastSquares() {
    // straight line in log-log with noise: se of the slope = s / sqrt(sum (x - mean)^2)
    double[] n = new double[200];
    double[] loss = new double[200];
    java.util.Random random = new java.util.Random(5);
    double xx = 0;
    for (int i = 0; i < n.length; i++) {
      double x = Math.log(1e6) + i * .05;
      n[i] = Math.exp(x);
      loss[i] = Math.exp(2 - .1 * x + .02 * random.nextGaussian());
      xx += (i - 99.5) * (i - 99.5) * .05 * .05;
    }
    Fit fit =
        Fitter.fit(
            FitPlan.of(Laws.POWER_LAW, Points.of(new Column("N", n), new Column("loss", loss)))
                .objective(Objective.squared())
                .bootstrap(0, 0));
    assertThat(fit.constant("alpha").standardError() / (.02 / Math.sqrt(xx)))
        .isCloseTo(1, within(.1));
    assertThat(fit.constant("alpha").value()).isCloseTo(.1, within(.003));
  }

  private static double[] column(int power) {
    double[] values = new double[20];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.pow(2, i + 20.0 * power / 20);
    }
    return values;
  }

  private static double noise(double n, double d) {
    return 1 + .002 * Math.sin(12.9898 * Math.log(n) + 78.233 * Math.log(d));
  }

  private static FitPlan quick(Points points) {
    return FitPlan.of(CHINCHILLA, points).starts(ChinchillaRefitTest.coarse()).bootstrap(200, 1);
  }

  private static List<String> messages(Fit fit) {
    return fit.warnings().stream().map(FitWarning::message).toList();
  }

  /** From log E = -36 no gradient leads back: a replicate needs another start. */
  @Test
  void aFloorAtZeroHasAnIntervalAndTheFitConverges() {
    double[] flops = {7.5e8, 1.5e9, 3e9, 6e9, 1.2e10};
    double[] loss = {2.6241, 2.5675, 2.5097, 2.4674, 2.4023};
    var law = new PowerLawPlusConstant(Input.flops());
    Fit fit =
        Fitter.fit(
            FitPlan.of(law, Points.of(new Column("C", flops), new Column("loss", loss)))
                .bootstrap(200, 42));
    assertThat(fit.converged()).isTrue();
    assertThat(fit.identified()).isFalse();
    assertThat(fit.constant("E").value()).isLessThan(1e-3);
    assertThat(fit.constant("E").interval().high()).isBetween(1., 2.4023);
    assertThat(fit.warnings())
        .anyMatch(w -> w instanceof FitWarning.AtBound b && b.constant().equals("E"));
  }
}
