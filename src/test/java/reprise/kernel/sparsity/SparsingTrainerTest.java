package reprise.kernel.sparsity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static reprise.dsl.Reprise.CETT_PPL_1;
import static reprise.dsl.Reprise.PRIDE_AND_PREJUDICE;
import static reprise.dsl.Reprise.RELU;
import static reprise.dsl.Reprise.characters;
import static reprise.dsl.Reprise.heads;
import static reprise.dsl.Reprise.layers;
import static reprise.dsl.Reprise.llama;
import static reprise.dsl.Reprise.sparsingLaw;
import static reprise.dsl.Reprise.tokens;
import static reprise.dsl.Reprise.width;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reprise.dsl.RunFailure;
import reprise.dsl.result.Readings;
import reprise.dsl.sparsity.SparsingLaw;
import reprise.dsl.sparsity.SparsingResult;
import reprise.dsl.sparsity.SparsityMeasures;
import reprise.kernel.run.LocalEngine;
import reprise.kernel.run.Watcher;
import reprise.kernel.run.Watchers;
import reprise.kernel.store.RunStore;
import reprise.tensor.Backends;

/** A model is trained and its neurons counted at every checkpoint. */
@Tag("backend")
class SparsingTrainerTest {
  @TempDir Path folder;

  private SparsingResult run(SparsingLaw experiment) {
    LocalEngine engine = new LocalEngine(Backends.best(), new RunStore(folder), 1);
    return experiment.result(engine.run(experiment.plan()));
  }

  @Test
  void theGrowthOfPerplexityIsWhatTheMetricAllows() {
    SparsingLaw experiment =
        sparsingLaw(CETT_PPL_1)
            .models(llama(layers(1), width(16), heads(1)))
            .corpus(characters(PRIDE_AND_PREJUDICE))
            .tokens(tokens(20_480))
            .activations(RELU)
            .checkpoints(5);
    SparsingResult result = run(experiment);
    assertThat(result.finished()).hasSize(1);
    for (var run : result.finished()) {
      Readings read = run.readings();
      assertThat(read.value(SparsityMeasures.PERPLEXITY)).isCloseTo(1.01, within(1e-4));
      assertThat(read.value(SparsityMeasures.CETT)).isBetween(1e-4, 0.9999);
      for (int c = 1; c <= 5; c++) {
        String at = SparsityMeasures.after(4096L * c);
        double active = read.value(SparsityMeasures.ACTIVATION, at);
        double nonZero = read.value(SparsityMeasures.NON_ZERO, at);
        assertThat(active).isBetween(0.01, nonZero);
        assertThat(nonZero).isBetween(0.1, 0.9);
      }
      // one block: its ratio is the model's
      assertThat(read.value(SparsityMeasures.ACTIVATION, SparsityMeasures.block(1)))
          .isEqualTo(SparsingResult.ratios(run)[4]);
      // the last checkpoint is the model at the end
      assertThat(read.value(SparsityMeasures.LOSS, SparsityMeasures.after(20_480)))
          .isCloseTo(run.loss(), within(0.1));
    }
    assertThat(result.frame().rowCount()).isEqualTo(5);
    assertThat(result.charts()).hasSize(2);
    // read back from the store: the same numbers
    assertThat(run(experiment).runs()).isEqualTo(result.runs());
  }

  /** Stopped on the way, it goes on with the checkpoints that it had. */
  @Test
  void aStoppedRunGoesOnToTheSameNumbers() {
    SparsingLaw experiment =
        sparsingLaw(CETT_PPL_1)
            .models(llama(layers(1), width(16), heads(1)))
            .corpus(characters(PRIDE_AND_PREJUDICE))
            .tokens(tokens(40_960))
            .activations(RELU)
            .checkpoints(10);
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
    assertThat(resumed.loss()).isEqualTo(whole.loss());
    assertThat(resumed.readings()).isEqualTo(whole.readings());
  }
}
