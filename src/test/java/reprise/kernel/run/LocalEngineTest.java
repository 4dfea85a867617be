package reprise.kernel.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static reprise.dsl.Reprise.CHINCHILLA;
import static reprise.dsl.Reprise.decoder;
import static reprise.dsl.Reprise.markov;
import static reprise.dsl.Reprise.order;
import static reprise.dsl.Reprise.scalingLaw;
import static reprise.dsl.Reprise.symbols;
import static reprise.dsl.Reprise.tokens;
import static reprise.dsl.Reprise.widths;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reprise.dsl.RunFailure;
import reprise.dsl.plan.Plan;
import reprise.dsl.plan.TrainTask;
import reprise.dsl.result.Outcome;
import reprise.dsl.result.RunOutcome;
import reprise.dsl.scaling.ScalingLaw;
import reprise.dsl.scaling.ScalingLawResult;
import reprise.kernel.store.RunStore;
import reprise.tensor.Backends;

@Tag("backend")
class LocalEngineTest {
  /** Seven runs of a few steps: more than the law has constants, seconds even in plain Java. */
  private static final ScalingLaw TINY =
      scalingLaw(CHINCHILLA)
          .models(decoder(widths(4, 6, 8, 12, 16, 20, 24)).layers(1).context(16))
          .corpus(markov(symbols(32), order(1)))
          .tokens(tokens(2048))
          .tokensPerStep(tokens(64))
          .bootstrap(60);

  @TempDir Path folder;
  private final List<String> seen = new ArrayList<>();

  @BeforeEach
  void watch() {
    Watchers.use(
        new Watcher() {
          @Override
          public void started(Plan plan, int stored) {
            seen.add("started " + plan.runs().size() + ", stored " + stored);
          }

          @Override
          public void progress(double fraction, double lastLoss) {
            assertThat(fraction).isBetween(0.0, 1.0 + 1e-9);
          }

          @Override
          public void ended(RunOutcome outcome, int done, int total) {
            seen.add("ended " + done + " of " + total);
          }

          @Override
          public void analysing(String what) {
            seen.add("analysing");
          }

          @Override
          public void finished() {
            seen.add("finished");
          }
        });
  }

  @AfterEach
  void unwatch() {
    Watchers.use(null);
  }

  private LocalEngine engine(int workers) {
    return new LocalEngine(Backends.best(), new RunStore(folder), workers);
  }

  @Test
  void aPlanIsTrainedAnalysedAndKept() {
    Outcome outcome = engine(2).run(TINY.plan());
    ScalingLawResult result = TINY.result(outcome);
    assertThat(outcome.finished(TrainTask.class)).hasSize(7);
    assertThat(seen)
        .startsWith("started 7, stored 0", "ended 1 of 7")
        .endsWith("ended 7 of 7", "analysing", "finished");
    double entropy = result.entropy().orElseThrow();
    // untrained, the loss is at most ln V above; trained, it lies between the entropy and ln V
    assertThat(outcome.finished(TrainTask.class))
        .allSatisfy(run -> {
          assertThat(run.loss()).isBetween(entropy, Math.log(32) + 0.2);
          assertThat(run.digest()).hasSize(64);
          assertThat(run.curve().size()).isBetween(25, 32);
          assertThat(run.curve().steps()).endsWith(32);
        });
    assertThat(result.frame().rowCount()).isEqualTo(7);
    assertThat(result.fit().orElseThrow().n()).isEqualTo(7);
    assertThat(outcome.record().runs()).hasSize(7);
    assertThat(folder.resolve(outcome.plan().hash()).resolve("d8-D2048-s1"))
        .isDirectoryContaining(p -> p.endsWith("DONE"))
        .isDirectoryContaining(p -> p.endsWith("metrics.jsonl"));
  }

  @Test
  void theSamePlanIsReadFromTheStore() {
    Outcome first = engine(2).run(TINY.plan());
    seen.clear();
    Outcome second = engine(2).run(TINY.plan());
    assertThat(seen).containsExactly("started 7, stored 7", "analysing", "finished");
    assertThat(second.runs()).isEqualTo(first.runs());
  }

  @Test
  void aRunWithoutItsDoneMarkIsDoneAgainToTheSameBits() throws Exception {
    Outcome first = engine(2).run(TINY.plan());
    Path run = folder.resolve(first.plan().hash()).resolve("d8-D2048-s1");
    Files.delete(run.resolve("DONE"));
    Files.writeString(run.resolve("run.json"), "{\"loss\": 1.0");
    seen.clear();
    Outcome second = engine(1).run(TINY.plan());
    assertThat(seen).startsWith("started 7, stored 6", "ended 7 of 7");
    assertThat(second.record().runs()).isEqualTo(first.record().runs());
  }

  /** An interrupt ends runs in progress; what had ended is kept, and the rest goes on later. */
  @Test
  void anInterruptedPlanGoesOnWhereItStoppedToTheSameBits() throws Exception {
    // thousands of steps a run, so that the interrupt meets runs in progress
    ScalingLaw longer =
        scalingLaw(CHINCHILLA)
            .models(decoder(widths(4, 6, 8, 12, 16, 20, 24)).layers(1).context(16))
            .corpus(markov(symbols(32), order(1)))
            .tokens(tokens(200_000))
            .tokensPerStep(tokens(64))
            .bootstrap(60);
    Thread caller = Thread.currentThread();
    Watchers.use(
        new Watcher() {
          @Override
          public void ended(RunOutcome outcome, int done, int total) {
            seen.add("ended");
            caller.interrupt();
          }
        });
    assertThatThrownBy(() -> engine(2).run(longer.plan()))
        .isInstanceOf(RunFailure.class)
        .hasMessageMatching(
            "stopped with [1-6] of 7 runs done; they are kept, and the same plan goes on with the"
                + " rest");
    assertThat(Thread.interrupted()).as("the interrupt is handed on").isTrue();
    long kept =
        longer.plan().runs().stream()
            .filter(run ->
                Files.exists(
                    folder.resolve(longer.plan().hash()).resolve(run.id()).resolve("DONE")))
            .count();
    assertThat(kept).isBetween(1L, 6L);
    Watchers.use(Watcher.SILENT);
    Outcome resumed = engine(2).run(longer.plan());
    Outcome undisturbed =
        new LocalEngine(Backends.best(), new RunStore(folder.resolve("undisturbed")), 2)
            .run(longer.plan());
    assertThat(resumed.record().runs()).isEqualTo(undisturbed.record().runs());
  }

  @Test
  void oneOrTwoWorkersGiveTheSameBits() {
    Outcome one =
        new LocalEngine(Backends.best(), new RunStore(folder.resolve("a")), 1).run(TINY.plan());
    Outcome two =
        new LocalEngine(Backends.best(), new RunStore(folder.resolve("b")), 2).run(TINY.plan());
    assertThat(one.record().runs()).isEqualTo(two.record().runs());
    for (int i = 0; i < one.finished(TrainTask.class).size(); i++) {
      assertThat(one.finished(TrainTask.class).get(i).loss())
          .isEqualTo(two.finished(TrainTask.class).get(i).loss());
    }
  }

  @Test
  void aRunThatDivergesIsARowWithItsReason() {
    ScalingLaw hot = TINY.learningRate(1e30);
    Outcome outcome = null;
    RunFailure failure = null;
    try {
      outcome = engine(2).run(hot.plan());
    } catch (RunFailure noPoints) {
      failure = noPoints;
    }
    assertThat(outcome).isNull();
    assertThat(failure)
        .hasMessageStartingWith(
            "analysis 'law' has no points: none of the 7 runs came to its end; the first failed"
                + " with: ");
    assertThat(failure)
        .hasMessageMatching(
            "(?s).*(loss|gradient_norm) is \\S+ at step [0-9]+ of 32; a lower learning rate than .*");
  }

  @Test
  void costIsMeasuredAndGrowsWithTheWork() {
    LocalEngine engine = engine(2);
    double once = engine.cost(TINY.plan()).cost().orElseThrow().seconds();
    double thrice = engine.cost(TINY.seeds(1000).plan()).cost().orElseThrow().seconds();
    assertThat(once).isPositive();
    assertThat(thrice / once).isGreaterThan(2);
    assertThat(engine.cost(TINY.plan()).text()).isEqualTo(TINY.plan().text());
    assertThat(TINY.plan().flops())
        .isCloseTo(
            TINY.plan().runs().stream().mapToDouble(r -> r.flops().count()).sum(), within(1e-6));
  }
}
