package reprise.kernel.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.dsl.law.Column;
import reprise.dsl.law.Fit;
import reprise.dsl.law.FitPlan;
import reprise.dsl.law.Law;
import reprise.dsl.law.Laws;
import reprise.dsl.law.Objective;
import reprise.dsl.law.Points;
import reprise.dsl.law.Profile;
import reprise.dsl.law.Translation;

/** Soft L1: its value, its gradient, and fits by it. */
@Tag("unit")
class SoftL1Test {
  private static final Translation LAW = new Translation(1e6, 1e6);
  private static final double[] TRUTH = {1.2, 1.1, .18, .34};

  private static Points points(double outlier) {
    double[] encoder = new double[16];
    double[] decoder = new double[16];
    double[] loss = new double[16];
    for (int i = 0; i < 16; i++) {
      int row = i / 4;
      encoder[i] = 2e5 * Math.pow(3, row);
      decoder[i] = 3e5 * Math.pow(3, i % 4);
      loss[i] = LAW.predict(TRUTH, encoder[i], decoder[i]) + (i == 5 ? outlier : 0);
    }
    return Points.of(
        new Column("N_e", encoder), new Column("N_d", decoder), new Column("loss", loss));
  }

  private static FitPlan plan(double outlier, double turn) {
    return FitPlan.of(LAW, points(outlier))
        .objective(Objective.softL1(turn).onRawLoss())
        .bootstrap(0, 0);
  }

  /** c^2 (sqrt(1 + (r/c)^2) - 1), r = .3 at one point of sixteen. */
  @Test
  void itIsSquaredNearZeroAndLinearFarOut() {
    double[] gradient = new double[4];
    double[] theta = LAW.theta(TRUTH);
    for (double turn : new double[] {1e-3, .1, 1, 100}) {
      Residuals of = Residuals.of(plan(.3, turn), LAW);
      double expected = turn * turn * (Math.sqrt(1 + .09 / (turn * turn)) - 1);
      assertThat(of.at(theta, gradient) * of.divisor()).isCloseTo(expected, within(1e-9));
      for (int j = 0; j < 4; j++) {
        double[] up = theta.clone();
        double[] down = theta.clone();
        up[j] += 1e-5;
        down[j] -= 1e-5;
        double numeric = (of.at(up, new double[4]) - of.at(down, new double[4])) / 2e-5;
        assertThat(gradient[j]).isCloseTo(numeric, within(1e-4 * (1 + Math.abs(numeric))));
      }
    }
  }

  @Test
  void itFindsTheConstantsAndBearsAnOutlier() {
    Fit exact = Fitter.fit(plan(0, 1));
    assertThat(exact.constant("p_e").value()).isCloseTo(.18, within(1e-3));
    assertThat(exact.constant("p_d").value()).isCloseTo(.34, within(1e-3));
    Fit robust = Fitter.fit(plan(.3, 1e-3));
    Fit squared = Fitter.fit(plan(.3, 100));
    double near = Math.abs(robust.constant("p_d").value() - .34);
    assertThat(near).isLessThan(.02);
    assertThat(near).isLessThan(Math.abs(squared.constant("p_d").value() - .34) / 3);
  }

  @Test
  void profilesFollowTheSameObjective() {
    Law law = Laws.POWER_LAW_PLUS_CONSTANT;
    double[] n = {1e5, 3e5, 1e6, 3e6, 1e7, 3e7};
    double[] y = new double[6];
    for (int i = 0; i < 6; i++) {
      y[i] = 1 + Math.pow(1e4 / n[i], .3) + (i % 2 == 0 ? .002 : -.002);
    }
    Fit fit =
        Fitter.fit(
            FitPlan.of(law, Points.of(new Column("N", n), new Column("loss", y)))
                .objective(Objective.softL1(1).onRawLoss())
                .bootstrap(0, 0));
    String constant = law.constantNames().getFirst();
    double value = fit.constant(constant).value();
    Profile profile = ProfileFitter.fit(fit, constant, value, value * 1.2);
    assertThat(profile.least()).isCloseTo(fit.objective(), within(1e-9));
  }
}
