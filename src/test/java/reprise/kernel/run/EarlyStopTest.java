package reprise.kernel.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static reprise.dsl.Reprise.*;
import static reprise.dsl.Reprise.CHINCHILLA;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reprise.dsl.RunFailure;
import reprise.dsl.plan.Patience;
import reprise.dsl.plan.Plan;
import reprise.dsl.plan.TrainTask;
import reprise.dsl.result.Outcome;
import reprise.dsl.result.RunOutcome;
import reprise.dsl.scaling.ScalingLaw;
import reprise.kernel.store.RunIndex;
import reprise.kernel.store.RunJson;
import reprise.kernel.store.RunStore;
import reprise.tensor.Backends;

/** Patience decides from a run's own losses, and the run that it ends is a row with a reason. */
@Tag("backend")
class EarlyStopTest {
  private static final ScalingLaw LAW =
      scalingLaw(CHINCHILLA)
          .models(decoder(widths(4, 6)).layers(1).context(16))
          .corpus(markov(symbols(32), order(1)))
          .tokens(tokens(100_000))
          .tokensPerStep(tokens(64));

  /** Half of the least loss is never gained in one look, so the runs end at the third. */
  private static final ScalingLaw IMPATIENT =
      LAW.stoppingEarly(patience(2).every(tokens(25_600)).gaining(0.5));

  @TempDir Path folder;

  @AfterEach
  void unwatch() {
    Watchers.use(null);
  }

  @Test
  void aLookThatGainsTooLittleCountsAndOneThatGainsEnoughBeginsAnew() {
    EarlyStop rule = new EarlyStop(new Patience(2, Optional.empty(), 0.1), 2, 20);
    // means of two steps: 4, 3, 2.8 (7 % less: no gain), 2.5 (17 % less than 3), 2.4, 2.3
    float[] losses = {4, 4, 3, 3, 2.8f, 2.8f, 2.5f, 2.5f, 2.4f, 2.4f, 2.3f, 2.3f, 0, 0, 0};
    for (int done = 0; done < 12; done++) {
      assertThat(rule.reason(losses, done)).as("step %d", done).isEmpty();
    }
    assertThat(rule.reason(losses, 12))
        .hasValue(
            "stopped early at step 12 of 20 because 2 looks in a row found no training loss 10 %"
                + " below 2.5000, the least so far, at step 8");
    assertThat(rule.untilLook(0)).isEqualTo(2);
    assertThat(rule.untilLook(13)).isEqualTo(1);
    // the last step is an end of its own
    assertThat(new EarlyStop(rule.rule(), 2, 12).reason(losses, 12)).isEmpty();
  }

  @Test
  void thePlanShowsTheRuleAndItsHashFollowsIt() {
    assertThat(IMPATIENT.plan().text())
        .contains(
            "; stops early after 2 looks, every 25,600 tokens, without 50 % less training loss");
    assertThat(IMPATIENT.plan().hash()).isNotEqualTo(LAW.plan().hash());
    assertThat(LAW.stoppingEarly(patience(2)).plan().hash())
        .isNotEqualTo(IMPATIENT.plan().hash())
        .isNotEqualTo(LAW.stoppingEarly(patience(3)).plan().hash());
    TrainTask run = LAW.stoppingEarly(patience(3)).plan().runs(TrainTask.class).getFirst();
    assertThat(run.steps()).isEqualTo(1563);
    assertThat(patience(3).steps(run)).isEqualTo(78);
    assertThatThrownBy(() -> patience(0))
        .hasMessage("patience must be a positive number of looks, got 0");
    assertThatThrownBy(() -> patience(1).gaining(1))
        .hasMessage("a gain is a share of the loss in [0, 1), got 1.0");
  }

  @Test
  void aRunThatIsGivenUpIsARowWithItsReasonAndTheSameBitsHoweverItWasInterrupted()
      throws Exception {
    Watchers.use(Watcher.SILENT);
    Plan plan = new Plan("two", IMPATIENT.plan().runs(), java.util.List.of());
    Outcome whole = engine("whole", 2).run(plan);
    assertThat(whole.finished(TrainTask.class)).isEmpty();
    assertThat(whole.failed()).isEmpty();
    assertThat(whole.stopped()).hasSize(2);
    RunOutcome.Stopped early = whole.stopped().getFirst();
    assertThat(early.step()).isEqualTo(1200);
    assertThat(early.reason())
        .startsWith(
            "stopped early at step 1200 of 1563 because 2 looks in a row found no training loss 50"
                + " % below ")
        .endsWith(", the least so far, at step 400");
    assertThat(early.run().curve().steps()).endsWith(1200);
    assertThat(early.run().loss()).isBetween(1.0, 4.0);

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
    assertThatThrownBy(() -> engine("cut", 1).run(plan)).isInstanceOf(RunFailure.class);
    assertThat(Thread.interrupted()).isTrue();
    Watchers.use(Watcher.SILENT);
    Outcome resumed = engine("cut", 1).run(plan);
    Outcome read = engine("whole", 1).run(plan);
    for (int i = 0; i < 2; i++) {
      RunOutcome.Stopped one = whole.stopped().get(i);
      RunOutcome.Stopped other = resumed.stopped().get(i);
      assertThat(other.run().digest()).isEqualTo(one.run().digest()).hasSize(64);
      assertThat(other.run().curve()).isEqualTo(one.run().curve());
      assertThat(other.reason()).isEqualTo(one.reason());
      assertThat(read.stopped().get(i)).isEqualTo(one);
      assertThat(RunJson.read(one.task(), RunJson.line(one))).isEqualTo(one);
    }
    assertThat(IMPATIENT.result(whole).frame().stringColumn("status").get(0))
        .isEqualTo(early.reason());
    assertThat(IMPATIENT.result(whole).toString()).startsWith("0 runs (2 stopped early)");

    RunStore store = new RunStore(folder.resolve("whole"));
    Path run = store.folder(plan, plan.runs().getFirst());
    JsonObject record =
        JsonParser.parseString(Files.readString(run.resolve("run.json"))).getAsJsonObject();
    assertThat(record.get("status").getAsString()).isEqualTo("stopped");
    assertThat(record.get("step").getAsInt()).isEqualTo(1200);
    try (RunIndex index = store.index(text -> {})) {
      index.refresh();
      assertThat(index.all())
          .allSatisfy(row -> assertThat(row.failed()).startsWith("stopped early at step 1200"));
    }
  }

  private LocalEngine engine(String store, int workers) {
    return new LocalEngine(Backends.best(), new RunStore(folder.resolve(store)), workers);
  }
}
