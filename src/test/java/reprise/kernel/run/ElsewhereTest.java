package reprise.kernel.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static reprise.dsl.Reprise.*;
import static reprise.dsl.Reprise.CHINCHILLA;

import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reprise.dsl.RunFailure;
import reprise.dsl.plan.Plan;
import reprise.dsl.plan.RunOption;
import reprise.dsl.plan.Task;
import reprise.dsl.plan.Terms;
import reprise.dsl.plan.TrainTask;
import reprise.dsl.result.Outcome;
import reprise.dsl.result.RunOutcome;
import reprise.kernel.store.RunStore;
import reprise.tensor.Backends;

/** Terms of a run hold when other processes carry it out. */
@Tag("backend")
class ElsewhereTest {
  private static final Plan PLAN =
      new Plan(
          "two runs",
          scalingLaw(CHINCHILLA)
              .models(decoder(widths(4, 8)).layers(1).context(16))
              .corpus(markov(symbols(32), order(1)))
              .tokens(tokens(4096))
              .tokensPerStep(tokens(64))
              .plan()
              .runs(),
          List.of());

  @TempDir Path folder;

  @BeforeEach
  void silent() {
    Watchers.use(Watcher.SILENT);
  }

  @AfterEach
  void unwatch() {
    Watchers.use(null);
  }

  private Outcome run(RunOption... options) {
    return new LocalEngine(Backends.best(), new RunStore(folder), 1).run(PLAN, Terms.of(options));
  }

  @Test
  void theWorkIsSharedOutBeforeWorkersBeginAndTheirRecordsSayWhatFor() throws Exception {
    Task large = PLAN.runs().getLast();
    Outcome outcome =
        run(
            on(processes(1)),
            within(large.flops()),
            new RunOption.Testing("chinchilla", List.of("a-claim")));
    assertThat(outcome.finished(TrainTask.class))
        .extracting(done -> done.task().id())
        .containsExactly(large.id());
    assertThat(outcome.failed().getFirst().reason())
        .isEqualTo("not begun: the work of " + large.flops() + " was spent on the runs before");
    Path run = new RunStore(folder).folder(PLAN, large);
    var record =
        JsonParser.parseString(Files.readString(run.resolve("run.json"))).getAsJsonObject();
    assertThat(record.get("paper").getAsString()).isEqualTo("chinchilla");
    assertThat(record.get("pid").getAsLong()).isNotEqualTo(ProcessHandle.current().pid());
    assertThat(run.resolveSibling(PLAN.runs().getFirst().id())).doesNotExist();
  }

  @Test
  void whenTheTimeIsOverWorkersAreToldToEndAndTheRowsSaySo() {
    Outcome outcome = run(on(processes(1)), within(Duration.ofMillis(1)));
    assertThat(outcome.failed()).hasSize(2);
    assertThat(outcome.failed())
        .allSatisfy(row ->
            assertThat(row.reason())
                .isEqualTo(
                    "not done: the time of 0.001 s was over; the same plan goes on with it"));
    assertThat(run().finished(TrainTask.class)).hasSize(2);
  }

  /** Early stopping is the plan's own, so whoever carries it out gives up the same runs. */
  @Test
  void workersGiveUpTheRunsThatTheRuleGivesUp() {
    Plan plan =
        new Plan(
            "given up",
            scalingLaw(CHINCHILLA)
                .models(decoder(widths(4, 8)).layers(1).context(16))
                .corpus(markov(symbols(32), order(1)))
                .tokens(tokens(4096))
                .tokensPerStep(tokens(64))
                .stoppingEarly(patience(1).gaining(0.9))
                .plan()
                .runs(),
            List.of());
    Outcome there =
        new LocalEngine(Backends.best(), new RunStore(folder), 1)
            .run(plan, Terms.of(on(processes(1))));
    Outcome here =
        new LocalEngine(Backends.best(), new RunStore(folder.resolve("here")), 1).run(plan);
    assertThat(there.runs()).hasSize(2).allMatch(run -> run instanceof RunOutcome.Stopped);
    assertThat(there.record().runs()).isEqualTo(here.record().runs());
    assertThat(((RunOutcome.Stopped) there.runs().getFirst()).reason())
        .startsWith("stopped early at step 6 of 64 because 1 look in a row found no training loss");
  }

  @Test
  void failuresAreForgottenOnceAndDoneRunsNever() throws Exception {
    RunStore store = new RunStore(folder);
    Path failed = Files.createDirectories(store.folder(PLAN, PLAN.runs().getFirst()));
    Path done = Files.createDirectories(store.folder(PLAN, PLAN.runs().getLast()));
    Files.writeString(failed.resolve("FAILED"), "\n");
    Files.writeString(done.resolve("DONE"), "\n");
    store.forgetFailures(PLAN);
    assertThat(failed.resolve("FAILED")).doesNotExist();
    assertThat(done.resolve("DONE")).exists();
  }

  @Test
  void anOrderIsReadBackAsItWasWritten() throws Exception {
    WorkOrder order =
        new WorkOrder(
            List.of(PLAN.runs().getFirst().id()),
            Optional.of(new RunOption.Testing("p", List.of("c"))),
            Optional.of(Instant.parse("2026-11-22T05:20:00.25Z")));
    Path file = order.write(folder);
    assertThat(WorkOrder.read(file)).isEqualTo(order);
    assertThat(order.of(PLAN)).containsExactly(PLAN.runs().getLast());
    assertThat(WorkOrder.ALL.of(PLAN)).isEqualTo(PLAN.runs());
    Files.writeString(file, "{\"@\": \"java.lang.Runtime\"}");
    assertThatThrownBy(() -> WorkOrder.read(file))
        .isInstanceOf(RunFailure.class)
        .hasMessageStartingWith(file + " cannot be read as an order of work: ");
  }
}
