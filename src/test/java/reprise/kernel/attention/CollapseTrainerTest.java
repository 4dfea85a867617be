package reprise.kernel.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static reprise.dsl.Reprise.PLAIN;
import static reprise.dsl.Reprise.PRIDE_AND_PREJUDICE;
import static reprise.dsl.Reprise.SIGMA_REPARAM;
import static reprise.dsl.Reprise.SIGMA_REPARAM_KEPT;
import static reprise.dsl.Reprise.SPECTRAL_NORM;
import static reprise.dsl.Reprise.characters;
import static reprise.dsl.Reprise.decoder;
import static reprise.dsl.Reprise.entropyCollapse;
import static reprise.dsl.Reprise.entropyFloor;
import static reprise.dsl.Reprise.tokens;
import static reprise.dsl.Reprise.widths;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reprise.dsl.RunFailure;
import reprise.dsl.attention.CollapseMeasures;
import reprise.dsl.attention.CollapseResult;
import reprise.dsl.attention.CollapseRuns;
import reprise.dsl.attention.EntropyCollapse;
import reprise.dsl.attention.FloorResult;
import reprise.dsl.attention.NeedsRates;
import reprise.kernel.run.LocalEngine;
import reprise.kernel.run.Watcher;
import reprise.kernel.run.Watchers;
import reprise.kernel.store.RunStore;
import reprise.tensor.Backends;

/** A decoder is trained and its attention looked at; logits that try to break the bound. */
@Tag("backend")
class CollapseTrainerTest {
  @TempDir Path folder;

  private CollapseResult run(EntropyCollapse experiment) {
    LocalEngine engine = new LocalEngine(Backends.best(), new RunStore(folder), 1);
    return experiment.result(engine.run(experiment.plan()));
  }

  private static NeedsRates small(int steps) {
    return entropyCollapse(decoder(widths(16)).layers(1).context(16))
        .corpus(characters(PRIDE_AND_PREJUDICE))
        .tokens(tokens(256L * steps));
  }

  @Test
  void everyKindOfMatrixIsTrainedAndLookedAt() {
    EntropyCollapse experiment =
        small(20)
            .learningRates(0.003)
            .compare(PLAIN, SPECTRAL_NORM, SIGMA_REPARAM, SIGMA_REPARAM_KEPT)
            .looks(4);
    CollapseResult result = run(experiment);
    assertThat(result.finished()).hasSize(4);
    double uniform = 0;
    for (int i = 1; i <= 16; i++) {
      uniform += Math.log(i) / 16;
    }
    for (var run : result.finished()) {
      // small weights: attention is nearly even before the first step
      assertThat(CollapseRuns.least(run, 0)).isBetween(0.95 * uniform, 1.000001 * uniform);
      assertThat(CollapseRuns.along(run)).hasSize(5).allMatch(e -> e > 0);
      assertThat(run.readings().value(CollapseMeasures.MARGIN)).isBetween(-1e-9, 0.1);
      assertThat(run.readings().value(CollapseMeasures.BROKEN_AT)).isZero();
      assertThat(run.loss()).isLessThan(Math.log(75));
    }
    // what gamma begins at, and nothing else, tells these from plain ones before the first step
    assertThat(CollapseRuns.least(result.finished().get(3), 0))
        .isCloseTo(CollapseRuns.least(result.finished().get(0), 0), within(1e-5));
    assertThat(result.finished().stream().map(r -> r.digest()).distinct()).hasSize(4);
    // read back from the store: the same numbers
    assertThat(run(experiment).finished()).isEqualTo(result.finished());
  }

  /** A rate beyond all measure: the loss is no number, which is a result and not a failure. */
  @Test
  void aLossThatBreaksIsReported() {
    CollapseResult result = run(small(20).learningRates(1e30).compare(PLAIN).looks(4));
    assertThat(result.outcome().failed()).isEmpty();
    var run = result.finished().getFirst();
    assertThat(run.loss()).isNaN();
    assertThat(run.readings().value(CollapseMeasures.BROKEN_AT)).isBetween(2.0, 20.0);
    assertThat(CollapseRuns.unstable(run)).isTrue();
    assertThat(run(small(20).learningRates(1e30).compare(PLAIN).looks(4)).finished()).hasSize(1);
  }

  /** Stopped on the way, it goes on with the looks that it had. */
  @Test
  void aStoppedRunGoesOnToTheSameNumbers() {
    EntropyCollapse experiment = small(160).learningRates(0.01).compare(SIGMA_REPARAM).looks(10);
    Thread caller = Thread.currentThread();
    Watchers.use(
        new Watcher() {
          private int seen;

          @Override
          public void progress(double fraction, double lastLoss) {
            if (++seen == 5) {
              caller.interrupt();
            }
          }
        });
    try {
      assertThatThrownBy(() -> run(experiment)).isInstanceOf(RunFailure.class);
    } finally {
      Watchers.use(null);
    }
    assertThat(Thread.interrupted()).isTrue();
    var resumed = run(experiment).finished().getFirst();
    LocalEngine other = new LocalEngine(Backends.best(), new RunStore(folder.resolve("other")), 1);
    var whole = experiment.result(other.run(experiment.plan())).finished().getFirst();
    assertThat(resumed.digest()).isEqualTo(whole.digest());
    assertThat(resumed.readings()).isEqualTo(whole.readings());
    assertThat(resumed.loss()).isEqualTo(whole.loss());
  }

  /** Two heads of three positions: one even, one that looks at the first position alone. */
  @Test
  void entropiesAreOfWhatARowMaySee() {
    float[] scores = new float[2 * 9];
    Arrays.fill(scores, 5); // even, and what lies behind the mask is as large
    for (int row = 0; row < 3; row++) {
      scores[9 + 3 * row] = 1000;
    }
    Look look = Look.of(new float[][] {scores}, 2, 3);
    double even = (0 + Math.log(2) + Math.log(3)) / 3;
    assertThat((double) look.mean()[0]).isCloseTo(even / 2, within(1e-6));
    assertThat(look.least()[0]).isZero();
    assertThat((double) look.margin()).isCloseTo(0, within(1e-12));
    assertThat(Look.of(look.numbers()).mean()).containsExactly(look.mean());
    assertThat(Look.of(look.numbers()).least()).containsExactly(look.least());
  }

  @Test
  void theRiseIsAboveTheLeastBefore() {
    assertThat(CollapseRun.rise(4, 3, 3.5f, 2, 2.25f)).isEqualTo(0.5);
    assertThat(CollapseRun.rise(4, 3, 2)).isZero();
    assertThat(CollapseRun.rise()).isZero();
  }

  @Test
  void noLogitsAreBelowTheBound() {
    LocalEngine engine = new LocalEngine(Backends.best(), new RunStore(folder), 1);
    var experiment = entropyFloor(8, 64).draws(200);
    FloorResult result = experiment.result(engine.run(experiment.plan()));
    assertThat(result.attained().value()).isLessThan(1e-9);
    assertThat(result.margin().value()).isBetween(-1e-12, 1e-6);
    // 64 positions at norm 16, whatever 8 positions do
    assertThat(result.tail().value()).isCloseTo(0.928, within(1e-3));
    assertThat(result.trials().values(FloorResult.FLOOR, "")).hasSize(8);
    assertThat(result.charts()).hasSize(1);
    assertThat(result.toString()).startsWith("bound on entropy: attained to ");
  }
}
