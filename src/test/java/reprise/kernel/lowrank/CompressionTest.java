package reprise.kernel.lowrank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static reprise.dsl.Reprise.compression;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reprise.dsl.lowrank.CompressionResult;
import reprise.dsl.lowrank.CompressionStudy;
import reprise.dsl.lowrank.Subject;
import reprise.kernel.run.LocalEngine;
import reprise.kernel.store.RunStore;
import reprise.tensor.Backends;

@Tag("backend")
class CompressionTest {
  /** Plain SVD keeps the large row; weights that fear for the small one keep that. */
  @Test
  void weightsDecideWhichRowIsKept() {
    double[][] w = {{3, 0}, {0, 1}};
    double[][] plain = Compressed.of(Backends.best(), w, new double[] {1, 1}).product(1);
    assertThat(plain[0][0]).isCloseTo(3, within(1e-6));
    assertThat(plain[1][1]).isCloseTo(0, within(1e-6));
    double[][] weighted = Compressed.of(Backends.best(), w, new double[] {1, 10}).product(1);
    assertThat(weighted[0][0]).isCloseTo(0, within(1e-6));
    assertThat(weighted[1][1]).isCloseTo(1, within(1e-6));
    assertThat(Compressed.distance(weighted, w)).isCloseTo(3, within(1e-6));
    double[][] whole = Compressed.of(Backends.best(), w, new double[] {0, 1}).product(2);
    assertThat(Compressed.distance(whole, w)).isCloseTo(0, within(1e-5));
    assertThat(Softmax.of(new double[] {0, Math.log(3)})[1]).isCloseTo(0.75, within(1e-12));
  }

  @Test
  void fisherWeightsSaveLossOnZipfsLaw(@TempDir Path folder) {
    CompressionStudy study =
        compression(Subject.ZIPF, Subject.UNIFORM, Subject.OVERFIT)
            .ranks(2, 4)
            .iterations(150)
            .seeds(1);
    LocalEngine engine = new LocalEngine(Backends.best(), new RunStore(folder), 2);
    CompressionResult result = study.result(engine.run(study.plan()));
    assertThat(result.mostRise(Subject.ZIPF, 2).value()).isBetween(0.1, 1.0);
    // an independent program found 48.6 over 47.2
    assertThat(result.leastError(Subject.ZIPF, 2).value()).isBetween(1.0, 1.5);
    assertThat(result.rise(Subject.UNIFORM, 4).value()).isBetween(0.9, 1.1);
    assertThat(result.difference(Subject.OVERFIT, 2).how())
        .startsWith("nats that weighted SVD loses more than plain SVD, overfit classifier, rank 2");
    assertThat(result.toString()).startsWith("rise of the loss at rank 2, weighted over plain: ");
    assertThat(result.charts()).hasSize(1);
  }

  @Test
  void aRankBeyondTheMatrixIsRefused() {
    assertThatThrownBy(() -> compression(Subject.OVERFIT).ranks(0, 11).plan())
        .hasMessageContaining("expected ranks of 1 to 10 for overfit classifier, got 0")
        .hasMessageContaining("expected ranks of 1 to 10 for overfit classifier, got 11");
  }
}
