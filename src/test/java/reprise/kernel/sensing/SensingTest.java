package reprise.kernel.sensing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static reprise.dsl.Reprise.ASYMMETRIC;
import static reprise.dsl.Reprise.matrixSensing;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reprise.dsl.sensing.Factors;
import reprise.dsl.sensing.MatrixSensing;
import reprise.dsl.sensing.NeedsRanks;
import reprise.dsl.sensing.SensingResult;
import reprise.dsl.sensing.SensingTrial;
import reprise.kernel.run.LocalEngine;
import reprise.kernel.store.RunStore;
import reprise.tensor.Backends;

@Tag("unit")
class SensingTest {
  private static final NeedsRanks TARGET = matrixSensing(30, 1.0, 0.8, 0.6);
  @TempDir private Path folder;

  private SensingResult run(MatrixSensing experiment) {
    LocalEngine engine = new LocalEngine(Backends.reference(), new RunStore(folder), 2);
    return experiment.result(engine.run(experiment.plan()));
  }

  /** The unknown matrix has the eigenvalues that were asked for. */
  @Test
  void theUnknownMatrixIsWhatWasAskedFor() {
    NeedsRanks target = matrixSensing(8, 1.0, 0.5);
    Descent nothing = new Descent(new SensingTrial(target, 2, Factors.SYMMETRIC, 1e-12, 0, 64, 1));
    // |0 - M|_F^2 is the sum of the squared eigenvalues
    assertThat(nothing.loss()).isCloseTo(1.25, org.assertj.core.api.Assertions.within(1e-9));
  }

  @Test
  void exactColumnsConvergeAndTooManyDoNot() {
    SensingResult exact = run(TARGET.ranks(3).iterations(1000).seeds(2));
    assertThat(exact.finalLoss(3).value()).isLessThan(1e-20);
    SensingResult many = run(TARGET.ranks(6).iterations(4000).seeds(2));
    // an independent program found 2.4e-6 after 1e4 steps
    assertThat(many.finalLoss(6).value()).isBetween(1e-6, 1e-3);
    assertThat(many.slope(6).value()).isBetween(-2.1, -1.6);
    assertThat(many.toString()).startsWith("2 descents; largest final loss ");
    assertThat(many.charts()).hasSize(1);
    assertThat(many.frame().rowCount()).isEqualTo(2 * 3);
  }

  @Test
  void asymmetryMakesItLinearAndTheScaleSetsTheRate() {
    SensingResult two =
        run(TARGET.ranks(6).factors(ASYMMETRIC).scales(0.5, 1.0).iterations(6000).seeds(2));
    assertThat(two.finalLoss(6).value()).isLessThan(1e-12);
    assertThat(two.rateRatio(1, 0.5).value()).isBetween(1.2, 6.0);
  }

  @Test
  void measurementsShowTheMatrix() {
    SensingResult seen = run(TARGET.ranks(3).measurements(900).iterations(600).seeds(1));
    assertThat(seen.finalLoss(3).value()).isLessThan(1e-6);
  }

  @Test
  void whatDivergesIsARowWithAReason() {
    SensingResult wild = run(TARGET.ranks(6).scales(1000.0).iterations(64).seeds(1));
    assertThat(wild.outcome().failed()).hasSize(1);
    assertThat(wild.outcome().failed().getFirst().reason())
        .startsWith("the descent from alpha 1000.0 diverged before step ")
        .endsWith("; take a smaller scale");
  }

  @Test
  void anImpossibleDescentIsRefused() {
    assertThatThrownBy(() -> matrixSensing(2, 1.0, 1.0, 1.0))
        .hasMessage("the unknown matrix needs 1 to 2 eigenvalues, got 3");
    assertThatThrownBy(() -> TARGET.ranks(2).scales(0.0).iterations(10).plan())
        .hasMessageContaining("expected factors of 3 to 30 columns, got 2")
        .hasMessageContaining("expected a positive scale, got 0")
        .hasMessageContaining("expected at least 64 iterations to see a rate, got 10");
  }

  @Test
  void thePlanSaysItAll() {
    assertThat(TARGET.ranks(6).factors(ASYMMETRIC).seeds(1).plan().text())
        .isEqualTo(
            """
            plan: gradient descent on asymmetric factors
            1 runs, 3.24e7 FLOP in all, at most 14 KiB a run
            unknown matrix of eigenvalues [1, 0.8, 0.6] in random directions, step size 0.05
              run          n  k  alpha  measurements  iterations  seed
              k6-a0.5-s1  30  6    0.5           all       1,000     1
            """);
    assertThat(List.of(Factors.values())).extracting(Factors::word).doesNotHaveDuplicates();
  }
}
