package reprise.kernel.spectral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static reprise.dsl.Reprise.cubes;
import static reprise.dsl.Reprise.layerEntropy;

import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reprise.dsl.Experiment;
import reprise.dsl.result.Result;
import reprise.dsl.spectral.CubeResult;
import reprise.dsl.spectral.TrainingResult;
import reprise.kernel.run.LocalEngine;
import reprise.kernel.store.RunStore;
import reprise.tensor.Backends;

@Tag("backend")
class SpectralTest {
  @TempDir private Path folder;

  private <R extends Result> R run(Experiment<R> study) {
    LocalEngine engine = new LocalEngine(Backends.best(), new RunStore(folder), 2);
    return study.result(engine.run(study.plan()));
  }

  @Test
  void entropiesByHand() {
    // shares 1/2, 1/4, 1/4, and after squaring 2/3, 1/6, 1/6
    double[] spectrum = {1, 0.5, 0.5};
    assertThat(Diffusion.entropy(spectrum, 1)).isCloseTo(1.5, within(1e-12));
    double sixth = -Math.log(1 / 6.0) / Math.log(2) / 3;
    double rest = -2 / 3.0 * Math.log(2 / 3.0) / Math.log(2);
    assertThat(Diffusion.entropy(spectrum, 2)).isCloseTo(sixth + rest, within(1e-12));
    // far apart, each point is an island: K = I; all in one place, K has rank 1
    double[][] far = {{0, 0}, {100, 0}, {0, 100}, {100, 100}};
    assertThat(Diffusion.entropy(Diffusion.spectrum(Backends.best(), far, 1), 1))
        .isCloseTo(2, within(1e-5));
    double[][] same = new double[4][2];
    assertThat(Diffusion.entropy(Diffusion.spectrum(Backends.best(), same, 1), 1))
        .isCloseTo(0, within(1e-4));
    assertThat(CubeTrainer.binned(far)).isCloseTo(2, within(1e-12));
    assertThat(CubeTrainer.binned(same)).isCloseTo(0, within(1e-12));
  }

  /** Two tight clusters: knowing the cluster takes the whole bit away. */
  @Test
  void informationOfTwoClusters() {
    double[][] points = new double[40][1];
    int[] labels = new int[40];
    for (int i = 0; i < 40; i++) {
      labels[i] = i % 2;
      points[i][0] = 100 * labels[i];
    }
    double bits =
        Diffusion.information(Backends.best(), points, labels, 1, new SplittableRandom(1));
    assertThat(bits).isBetween(0.9, 1.01);
  }

  @Test
  void spectraFollowTheDimensionWhereBinsDoNot() {
    CubeResult result = run(cubes(1, 4, 16).noise(0.0, 0.1).points(120).seeds(1));
    assertThat(result.leastRise(0.1).value()).isPositive();
    assertThat(result.mostChange(0.1).value()).isBetween(0.001, 0.15);
    assertThat(result.range(0.1, CubeResult.BINNED, "").value()).isLessThan(0.1);
    assertThat(result.rangeLeft(0.1, CubeResult.TWO).value()).isBetween(0.5, 1.2);
    assertThat(result.frame().rowCount()).isEqualTo(6 * 3);
    assertThat(result.charts()).hasSize(1);
  }

  @Test
  void trueLabelsAreKnownMoreThanShuffledOnes() {
    TrainingResult result = run(layerEntropy().examples(100).iterations(400).seeds(1));
    assertThat(result.rise(TrainingResult.RAW, false).value()).isPositive();
    assertThat(result.trueOverShuffled(TrainingResult.DSMI).value()).isGreaterThan(1.5);
    assertThat(result.toString()).startsWith("DSMI after training ");
    assertThat(result.charts()).hasSize(1);
  }

  @Test
  void whatCannotBeMeasuredIsRefused() {
    assertThatThrownBy(() -> cubes(65).noise(-0.1).points(4).plan())
        .hasMessageContaining("expected 1 to 64 dimensions, got 65")
        .hasMessageContaining("expected noise of 0 or more, got -0.1")
        .hasMessageContaining("expected 8 to 2000 points, got 4");
    assertThatThrownBy(() -> layerEntropy().examples(52).plan())
        .hasMessageContaining("expected 50 to 2000 examples, a multiple of 5, got 52");
  }
}
