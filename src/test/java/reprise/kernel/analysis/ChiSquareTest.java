package reprise.kernel.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.dsl.law.Convergence;
import reprise.dsl.law.Estimate;
import reprise.dsl.law.Fit;
import reprise.dsl.law.FitPlan;
import reprise.dsl.law.Input;
import reprise.dsl.law.Interval;
import reprise.dsl.law.Points;
import reprise.dsl.law.PowerLaw;
import reprise.dsl.law.Samples;
import reprise.dsl.plan.AnalysisTask;
import reprise.dsl.result.Finding;
import reprise.dsl.unit.Counting;

@Tag("unit")
class ChiSquareTest {
  private static final PowerLaw LAW = new PowerLaw(Input.params(Counting.ALL));

  /** Replicates at the four corners of a box around theta = (30, 4), each {@code times} times. */
  private static Fit fit(int times) {
    List<double[]> rows = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      for (double[] corner : new double[][] {{1, 2}, {1, -2}, {-1, 2}, {-1, -2}}) {
        rows.add(LAW.constants(new double[] {30 + corner[0], 4 + corner[1]}));
      }
    }
    double[] values = LAW.constants(new double[] {30, 4});
    List<Estimate> estimates =
        List.of(
            new Estimate("x_c", "", values[0], Double.NaN, Interval.NONE),
            new Estimate("alpha", "", values[1], Double.NaN, Interval.NONE));
    Points points =
        Points.of(new double[] {1, 2, 3}, new double[] {1, 2, 3}, new double[] {3, 2, 1});
    return new Fit(
        FitPlan.of(LAW, points),
        estimates,
        1,
        new Convergence(true, "given", 0, 1, 1),
        List.of(),
        new Samples(rows.toArray(double[][]::new)));
  }

  private static AnalysisTask.Reference at(double... theta) {
    List<Double> values = Arrays.stream(LAW.constants(theta)).boxed().toList();
    return new AnalysisTask.Reference("somebody", values);
  }

  /**
   * 24 replicates: variances 24/23 and 4 * 24/23, no covariance. Differences 2 and 4 give {@code (4
   * + 16/4) * 23/24}; with two degrees of freedom p is {@code exp(-chi2 / 2)}.
   */
  @Test
  void knownCovarianceGivesTheKnownStatistic() {
    Finding.Comparison test = ChiSquare.compare(fit(6), at(28, 8));
    assertThat(test.chiSquare()).isCloseTo(8 * 23 / 24.0, within(1e-9));
    assertThat(test.degrees()).isEqualTo(2);
    assertThat(test.pValue()).isCloseTo(Math.exp(-4 * 23 / 24.0), within(1e-9));
    assertThat(ChiSquare.compare(fit(6), at(30, 4)).pValue()).isCloseTo(1, within(1e-9));
  }

  @Test
  void tooFewReplicatesGiveNoCovariance() {
    assertThatThrownBy(() -> ChiSquare.compare(fit(5), at(28, 8)))
        .hasMessage(
            "a chi-square test of 2 constants needs more than 20 bootstrap replicates, got 20");
  }
}
