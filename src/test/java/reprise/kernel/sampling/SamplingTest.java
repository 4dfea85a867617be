package reprise.kernel.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static reprise.dsl.Reprise.boundStudy;
import static reprise.dsl.Reprise.greedy;
import static reprise.dsl.Reprise.keptStudy;
import static reprise.dsl.Reprise.minP;
import static reprise.dsl.Reprise.mirostat;
import static reprise.dsl.Reprise.nucleus;
import static reprise.dsl.Reprise.surpriseStudy;
import static reprise.dsl.Reprise.symbols;
import static reprise.dsl.Reprise.topH;
import static reprise.dsl.Reprise.topK;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reprise.dsl.Experiment;
import reprise.dsl.result.Result;
import reprise.dsl.sampling.BoundResult;
import reprise.dsl.sampling.Drawing;
import reprise.dsl.sampling.KeptResult;
import reprise.dsl.sampling.SurpriseResult;
import reprise.kernel.run.LocalEngine;
import reprise.kernel.store.RunStore;
import reprise.tensor.Backends;
import reprise.tensor.model.Sampler;

@Tag("backend")
class SamplingTest {
  @TempDir private Path folder;

  private <R extends Result> R run(Experiment<R> experiment) {
    LocalEngine engine = new LocalEngine(Backends.best(), new RunStore(folder), 2);
    return experiment.result(engine.run(experiment.plan()));
  }

  /** p = 1/2, 1/4, 1/8, 1/8: entropy 1.75 bits. */
  private static final double[] HALVES = {0.5, 0.25, 0.125, 0.125};

  @Test
  void entropiesAndCutsByHand() {
    assertThat(Kept.bits(HALVES, 4)).isCloseTo(1.75, within(1e-12));
    // 2/3 and 1/3: log2 3 - 2/3
    assertThat(Kept.bits(HALVES, 2)).isCloseTo(Math.log(3) / Math.log(2) - 2 / 3.0, within(1e-12));
    // one token 0, two 0.918, three 1.379, all 1.75 bits
    assertThat(Kept.count(new Sampler.TopH(0.5, 1), HALVES)).isEqualTo(1);
    assertThat(Kept.count(new Sampler.TopH(0.6, 1), HALVES)).isEqualTo(2);
    assertThat(Kept.count(new Sampler.TopH(1, 1), HALVES)).isEqualTo(4);
    // not renormalised: one token 0.5, two 1, three 1.375 bits of 1.75
    assertThat(Kept.releasedCount(HALVES, 0.6)).isEqualTo(2);
    assertThat(Kept.releasedCount(HALVES, 0.8)).isEqualTo(3);
    assertThat(Kept.count(new Sampler.Nucleus(0.75, 1), HALVES)).isEqualTo(2);
    assertThat(Kept.count(new Sampler.MinP(0.5, 1), HALVES)).isEqualTo(2);
    assertThat(Kept.count(new Sampler.TopK(3, 1), HALVES)).isEqualTo(3);
    // within 0.95 bits: {1/2, 1/4} has 0.918 and the most mass
    assertThat(Kept.bestMass(HALVES, 0.95)).isCloseTo(0.75, within(1e-12));
    // within 1.5 bits three of them have 1.379 and mass 7/8
    assertThat(Kept.bestMass(HALVES, 1.5)).isCloseTo(0.875, within(1e-12));
  }

  @Test
  void zipfsExponentIsEstimatedAndTheCountFollows() {
    float[] logits = new float[50_000];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) (-1.2 * Math.log(i + 1.0));
    }
    assertThat(ZipfEstimate.exponent(logits)).isCloseTo(1.2, within(1e-4));
    // (0.2 * 2^6 / (1 - 50000^-0.2))^(1/1.2), rounded, and one more
    double k = Math.pow(0.2 * 64 / (1 - Math.pow(50_000, -0.2)), 1 / 1.2);
    assertThat(ZipfEstimate.count(1.2, 6, 50_000)).isEqualTo((int) Math.round(k) + 1);
    assertThat(ZipfEstimate.count(1.0, -50, 50_000)).isEqualTo(1);
    assertThat(ZipfEstimate.count(1.2, 500, 50_000)).isEqualTo(50_000);
  }

  @Test
  void mirostatHoldsItsTarget() {
    SurpriseResult result =
        run(
            surpriseStudy(symbols(2000))
                .with(mirostat(4), topK(1), nucleus(0.5))
                .alsoEstimating()
                .length(400)
                .seeds(2));
    assertThat(result.farthest(false, 4.0).value()).isLessThan(0.1);
    assertThat(result.farthest(true, 4.0).value()).isLessThan(0.1);
    assertThat(result.surprise(nucleus(0.5), false).value()).isBetween(2.0, 5.0);
    // always the most probable token: -log2 of its share, between those of s = 1.5 and 1.0
    assertThat(result.surprise(topK(1), false).value()).isBetween(1.3, 3.1);
    assertThat(result.charts()).hasSize(1);
    assertThat(result.toString()).startsWith("8 texts by 4 rules; mirostat at most 0.");
  }

  @Test
  void theBoundHoldsAndGreedIsNotTheBest() {
    BoundResult result = run(boundStudy(0.3, 0.7).concentrations(0.7).draws(40));
    assertThat(result.count(BoundResult.BROKEN).value()).isZero();
    assertThat(result.count(BoundResult.RELEASED_BROKEN).value()).isPositive();
    assertThat(result.count(BoundResult.OUTSIDE).value()).isZero();
    // an independent program found 0.909 over all settings
    assertThat(result.mass().value()).isBetween(0.8, 0.98);
    assertThat(result.toString()).startsWith("80 distributions; bound broken 0 times");
    assertThat(result.charts()).hasSize(1);
  }

  @Test
  void heatLeavesTopHTheLeastEntropy() {
    KeptResult result =
        run(
            keptStudy(symbols(2000))
                .with(topH(0.4), minP(0.1), nucleus(0.9))
                .temperatures(0.7, 3.0)
                .seeds(3));
    assertThat(result.above(minP(0.1), topH(0.4), 3).value()).isBetween(1.0, 8.0);
    assertThat(result.above(nucleus(0.9), minP(0.1), 3).value()).isPositive();
    assertThat(result.rise(topH(0.4), topH(0.4), 0.7, 3).value()).isCloseTo(1, within(1e-12));
    assertThat(result.toString()).startsWith("bits kept at temperature 3: top-H 0.4 ");
  }

  @Test
  void whatCannotBeStudiedIsRefused() {
    assertThatThrownBy(() -> keptStudy(symbols(10)).with(greedy()))
        .hasMessage(
            "what is kept of a distribution needs a rule that cuts it, such as topH(0.4); got"
                + " greedy");
    assertThatThrownBy(() -> new Drawing(topK(5), true))
        .hasMessage("only mirostat estimates, got top-k 5");
    assertThatThrownBy(() -> surpriseStudy(symbols(50)).with(topK(5)).plan())
        .hasMessageContaining("expected at least 200 tokens, got 50");
    assertThatThrownBy(() -> boundStudy(0.5).alphabet(symbols(20)).plan())
        .hasMessageContaining("expected at most 16 tokens, whose subsets are tried, got 20");
  }
}
