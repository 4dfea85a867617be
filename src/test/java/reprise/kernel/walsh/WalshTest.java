package reprise.kernel.walsh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static reprise.dsl.Reprise.sparse;
import static reprise.dsl.Reprise.sparseWalsh;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reprise.dsl.walsh.SparseWalsh;
import reprise.dsl.walsh.WalshResult;
import reprise.dsl.walsh.WalshTrial;
import reprise.kernel.run.LocalEngine;
import reprise.kernel.store.RunStore;
import reprise.tensor.Backends;

@Tag("unit")
class WalshTest {
  @TempDir private Path folder;

  private WalshResult run(SparseWalsh study) {
    LocalEngine engine = new LocalEngine(Backends.reference(), new RunStore(folder), 2);
    return study.result(engine.run(study.plan()));
  }

  @Test
  void theTransformByHand() {
    double[] u = {1, 2, 3, 6};
    // means of +,+,+,+; +,-,+,-; +,+,-,-; +,-,-,+
    assertThat(Signal.transform(u)).isEqualTo(8);
    assertThat(u).containsExactly(new double[] {3, -1, -1.5, 0.5}, within(1e-15));
    assertThat(Signal.sign(0b101, 0b100)).isEqualTo(-1);
    assertThat(Signal.sign(0b101, 0b111)).isEqualTo(1);
  }

  @Test
  void sizesOfTheRecovery() {
    WalshTrial trial = new WalshTrial(sparse(14, 24), 10, 7, 1);
    assertThat(trial.binBits()).isEqualTo(5);
    assertThat(trial.samples()).isEqualTo(3 * 32 * 15 * 7);
    assertThat(trial.variance()).isCloseTo(2.4, within(1e-12));
    assertThat(new WalshTrial(sparse(12, 16), Double.POSITIVE_INFINITY, 1, 1).binBits())
        .isEqualTo(4);
  }

  @Test
  void sparseTransformsAreRecovered() {
    WalshResult clean = run(sparseWalsh(sparse(12, 16), sparse(14, 32)).seeds(10));
    assertThat(clean.leastRecovered().value()).isGreaterThanOrEqualTo(0.7);
    assertThat(clean.leastRecovered().interval().orElseThrow().method())
        .isEqualTo("Wilson, 10 signals");
    assertThat(clean.fullGap().value()).isLessThan(1e-12);
    assertThat(clean.sampleGrowth().value()).isBetween(0.8, 1.2);
    // 0.152 and 0.088 of all samples, some of them read twice
    assertThat(clean.trials().mean(WalshResult.SHARE, "").value()).isBetween(0.06, 0.14);
    assertThat(clean.charts()).hasSize(1);
  }

  @Test
  void noiseNeedsVotesAndMoreSignal() {
    SparseWalsh noisy = sparseWalsh(sparse(12, 12)).votes(7).seeds(6);
    assertThat(run(noisy.noise(10.0)).leastRecovered().value()).isGreaterThanOrEqualTo(0.8);
    assertThat(run(noisy.noise(-15.0)).leastRecovered().value()).isZero();
  }

  @Test
  void whatIsNotSparseIsRefused() {
    assertThatThrownBy(() -> sparse(30, 4))
        .hasMessage("a transform of 2^6 to 2^20 coefficients, got 2^30");
    assertThatThrownBy(() -> sparseWalsh(sparse(8, 40)).plan())
        .hasMessageContaining("expected at most 2^4 coefficients, which is sparse for 2^8, got 40");
  }
}
