package reprise.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static reprise.dsl.Reprise.*;
import static reprise.dsl.Reprise.CHINCHILLA;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reprise.dsl.RunFailure;
import reprise.dsl.plan.Plan;
import reprise.dsl.plan.RunOption;
import reprise.dsl.plan.Terms;
import reprise.dsl.plan.TrainTask;
import reprise.dsl.result.Outcome;
import reprise.dsl.result.RunOutcome;
import reprise.kernel.run.LocalEngine;
import reprise.kernel.run.Watcher;
import reprise.kernel.run.Watchers;
import reprise.tensor.Backends;

/** Runs that are stopped, killed or damaged end with the bits of an undisturbed run. */
@Tag("backend")
class ResumeTest {
  /** Two runs of 3125 steps: long enough to be stopped in the middle. */
  private static final Plan PLAN =
      new Plan(
          "two runs",
          scalingLaw(CHINCHILLA)
              .models(decoder(widths(4, 6, 8, 12, 16, 20, 24)).layers(1).context(16))
              .corpus(markov(symbols(32), order(1)))
              .tokens(tokens(200_000))
              .tokensPerStep(tokens(64))
              .plan()
              .runs()
              .subList(0, 2),
          List.of());

  @TempDir Path folder;
  private final List<String> warned = new ArrayList<>();

  @AfterEach
  void unwatch() {
    Watchers.use(null);
  }

  private LocalEngine engine(String store, int workers) {
    return new LocalEngine(Backends.best(), new RunStore(folder.resolve(store)), workers);
  }

  private Path run(String store, int number) {
    return new RunStore(folder.resolve(store)).folder(PLAN, PLAN.runs().get(number));
  }

  private static JsonObject record(Path run) throws Exception {
    return JsonParser.parseString(Files.readString(run.resolve("run.json"))).getAsJsonObject();
  }

  private static List<String> metrics(Path run) throws Exception {
    return Files.readAllLines(run.resolve("metrics.jsonl")).stream()
        .map(line -> line.replaceAll(",\"seconds\".*", ""))
        .toList();
  }

  /** Stops the plan as soon as some run has reported so often. */
  private void stopAfter(int reports) {
    Thread caller = Thread.currentThread();
    Watchers.use(
        new Watcher() {
          private int seen;

          @Override
          public void progress(double fraction, double lastLoss) {
            if (++seen == reports) {
              caller.interrupt();
            }
          }

          @Override
          public void warned(String what) {
            warned.add(what);
          }
        });
  }

  private void stopInTheMiddle(String store) {
    stopAfter(7);
    assertThatThrownBy(() -> engine(store, 1).run(PLAN)).isInstanceOf(RunFailure.class);
    assertThat(Thread.interrupted()).isTrue();
    Watchers.use(
        new Watcher() {
          @Override
          public void warned(String what) {
            warned.add(what);
          }
        });
  }

  private void assertSame(Outcome resumed, Outcome undisturbed) {
    for (int i = 0; i < PLAN.runs().size(); i++) {
      var a = resumed.finished(TrainTask.class).get(i);
      var b = undisturbed.finished(TrainTask.class).get(i);
      assertThat(a.digest()).isEqualTo(b.digest());
      assertThat(a.loss()).isEqualTo(b.loss());
      assertThat(a.curve()).isEqualTo(b.curve());
    }
  }

  /** 600 MFLOP a step: enough for three threads; the runs of the other plan are too small. */
  @Test
  void aRunAloneHasAllCoresAndTheSameBits() throws Exception {
    Plan large =
        scalingLaw(CHINCHILLA)
            .models(decoder(widths(64)).layers(2).context(64))
            .corpus(markov(symbols(32), order(1)))
            .tokens(tokens(16_384))
            .tokensPerStep(tokens(1024))
            .plan();
    Plan alone = new Plan("one run", large.runs(), List.of());
    assertThat(engine("three", 3).run(alone).record().runs())
        .isEqualTo(engine("one", 1).run(alone).record().runs());
    assertThat(threads("one", alone)).isEqualTo(1);
    assertThat(threads("three", alone)).isEqualTo(3);
    Plan small = new Plan("one small run", PLAN.runs().subList(0, 1), List.of());
    engine("small", 3).run(small);
    assertThat(threads("small", small)).isEqualTo(1);
  }

  private int threads(String store, Plan plan) throws Exception {
    Path run = new RunStore(folder.resolve(store)).folder(plan, plan.runs().getFirst());
    return record(run).get("threads").getAsInt();
  }

  @Test
  void aStoppedRunGoesOnFromItsCheckpointToTheSameBits() throws Exception {
    stopInTheMiddle("stopped");
    Path run = run("stopped", 1);
    assertThat(run.resolve("checkpoint.safetensors")).isRegularFile();
    assertThat(run.resolve("DONE")).doesNotExist();
    assertThat(record(run).get("status").getAsString()).isEqualTo("begun");
    List<String> before = metrics(run);
    assertThat(before).hasSizeGreaterThan(4);
    Outcome resumed = engine("stopped", 1).run(PLAN);
    assertSame(resumed, engine("undisturbed", 2).run(PLAN));
    JsonObject record = record(run);
    int step = record.getAsJsonArray("resumed").get(0).getAsJsonObject().get("step").getAsInt();
    assertThat(step).isBetween(1, 3124);
    assertThat(metrics(run)).startsWith(before.toArray(String[]::new));
    assertThat(metrics(run).getLast()).startsWith("{\"step\":3125,");
    assertThat(run.resolve("checkpoint.safetensors")).doesNotExist();
    assertThat(warned).isEmpty();
  }

  @Test
  void theRecordSaysWhatComputedTheRunAndWhatFor() throws Exception {
    engine("told", 1).run(PLAN, Terms.of(new RunOption.Testing("chinchilla", List.of("a", "b"))));
    JsonObject record = record(run("told", 1));
    assertThat(record.get("status").getAsString()).isEqualTo("done");
    assertThat(record.get("paper").getAsString()).isEqualTo("chinchilla");
    assertThat(record.getAsJsonArray("claims")).hasSize(2);
    assertThat(record.get("precision").getAsString()).isIn("f32", "f64");
    assertThat(record.get("jdk").getAsString()).contains(String.valueOf(Runtime.version()));
    assertThat(record.get("digest").getAsString()).hasSize(64);
    assertThat(record.get("flops").getAsDouble()).isEqualTo(PLAN.runs().get(1).flops().count());
    assertThat(record.get("peakMemoryBytes").getAsLong()).isGreaterThan(1 << 20);
    assertThat(run("told", 1).resolveSibling("plan.txt")).hasContent(PLAN.text());
  }

  @Test
  void aDamagedCheckpointIsToldAndTheRunBeginsAgain() throws Exception {
    stopInTheMiddle("damaged");
    Path checkpoint = run("damaged", 1).resolve("checkpoint.safetensors");
    byte[] bytes = Files.readAllBytes(checkpoint);
    bytes[bytes.length - 100] ^= 4; // one bit of a number: the header is sound
    Files.write(checkpoint, bytes);
    Outcome again = engine("damaged", 1).run(PLAN);
    assertSame(again, engine("undisturbed", 1).run(PLAN));
    assertThat(warned)
        .containsExactly(
            "the checkpoint "
                + checkpoint
                + " is damaged, so the run begins again: "
                + checkpoint
                + ": its numbers are not those that were written");
    assertThat(record(run("damaged", 1)).getAsJsonArray("resumed")).isEmpty();
  }

  @Test
  void aTruncatedCheckpointRecordOrLastLineLosesNothingThatEnded() throws Exception {
    stopInTheMiddle("torn");
    Path run = run("torn", 1);
    Path checkpoint = run.resolve("checkpoint.safetensors");
    byte[] bytes = Files.readAllBytes(checkpoint);
    Files.write(checkpoint, java.util.Arrays.copyOf(bytes, bytes.length - 4096));
    Files.writeString(run.resolve("run.json"), "{\"id\": \"w");
    Files.writeString(run.resolve("metrics.jsonl"), "{\"step\":128,\"loss\":3.1}\n{\"st");
    Outcome undisturbed = engine("undisturbed", 1).run(PLAN);
    assertSame(engine("torn", 1).run(PLAN), undisturbed);
    assertThat(metrics(run)).isEqualTo(metrics(run("undisturbed", 1)));
    // a record that went bad after its run had ended: that run is done again, the other is read
    Path record = run.resolve("run.json");
    Files.writeString(record, Files.readString(record).replace("\"loss\": ", "\"loss\": 1"));
    warned.clear();
    assertSame(engine("torn", 1).run(PLAN), undisturbed);
    assertThat(warned)
        .containsExactly(
            "an earlier result of "
                + run
                + " by another backend or library, or a damaged one, is now "
                + run.getFileName()
                + "~1");
    assertThat(run.resolveSibling(run.getFileName() + "~1").resolve("DONE")).exists();
  }

  @Test
  void aFailedRunStaysARowUntilItIsAskedForAgain() throws Exception {
    Plan hot =
        new Plan(
            "hot",
            scalingLaw(CHINCHILLA)
                .models(decoder(widths(4, 6, 8, 12, 16, 20, 24)).layers(1).context(16))
                .corpus(markov(symbols(32), order(1)))
                .tokens(tokens(2048))
                .tokensPerStep(tokens(64))
                .learningRate(1e30)
                .plan()
                .runs()
                .subList(0, 1),
            List.of());
    Computed clean = computed("1a2b");
    RunStore store = new RunStore(folder.resolve("hot"));
    assertThat(engine("hot", 1).run(hot).failed()).hasSize(1);
    var task = hot.runs().getFirst();
    JsonObject record = record(store.folder(hot, task));
    assertThat(record.get("status").getAsString()).isEqualTo("failed");
    assertThat(record.get("failed").getAsString()).contains("a lower learning rate than");
    assertThat(store.folder(hot, task).resolve("FAILED")).exists();
    // as if it had been run from a clean checkout: the same code would fail again
    record.addProperty("commit", "1a2b");
    record.addProperty("libraryVersion", "9");
    Files.writeString(store.folder(hot, task).resolve("run.json"), record.toString());
    Files.writeString(store.folder(hot, task).resolve("FAILED"), "\n");
    assertThat(store.find(hot, task, clean, false)).get().isInstanceOf(RunOutcome.Failed.class);
    assertThat(store.find(hot, task, clean, true)).isEmpty();
    assertThat(store.find(hot, task, computed("3c4d"), false)).isEmpty();
    assertThat(store.find(hot, task, computed("1a2b-dirty"), false)).isEmpty();
  }

  private static Computed computed(String commit) {
    return new Computed(
        Backends.best().info(),
        "9",
        commit,
        new reprise.dsl.result.Provenance.Machine("cpu", 1, "os", "jdk"),
        1);
  }

  @Test
  void aBudgetOfTimeOrWorkLeavesRowsThatSaySo() {
    double first = PLAN.runs().stream().mapToDouble(r -> r.flops().count()).max().orElseThrow();
    Outcome one =
        engine("work", 1)
            .run(PLAN, Terms.of(new RunOption.Spending(new reprise.dsl.unit.Flops(first))));
    assertThat(one.finished(TrainTask.class)).hasSize(1);
    assertThat(one.failed().getFirst().reason())
        .startsWith("not begun: the work of ")
        .endsWith(" was spent on the runs before");
    Outcome none =
        engine("time", 1).run(PLAN, Terms.of(new RunOption.Within(java.time.Duration.ofMillis(1))));
    assertThat(none.failed()).isNotEmpty();
    assertThat(none.failed().getLast().reason())
        .isEqualTo("not done: the time of 0.001 s was over; the same plan goes on with it");
    assertSame(engine("time", 1).run(PLAN), engine("work", 1).run(PLAN));
  }

  @Test
  void aStoreThatCannotBeWrittenStopsNothingAndIsSaid() throws Exception {
    Watchers.use(Watcher.SILENT);
    Path file = Files.writeString(folder.resolve("file"), "not a folder");
    Outcome outcome = engine("file", 2).run(PLAN);
    assertThat(outcome.finished(TrainTask.class)).hasSize(2);
    assertThat(outcome.record().warnings()).hasSize(1);
    assertThat(outcome.record().warnings().getFirst())
        .startsWith("runs cannot be kept in " + file)
        .endsWith(
            "; they go on without. Free some space or set REPRISE_HOME to a folder that can be"
                + " written");
    assertThat(outcome.record().toString()).contains("runs cannot be kept in");
  }

  @Test
  void twoEnginesShareAPlanAndEachRunIsDoneOnce() throws Exception {
    Watchers.use(Watcher.SILENT);
    List<Outcome> outcomes = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                Outcome outcome = engine("shared", 1).run(PLAN);
                synchronized (outcomes) {
                  outcomes.add(outcome);
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(outcomes).hasSize(2);
    assertThat(outcomes.get(0).runs()).isEqualTo(outcomes.get(1).runs());
    try (Stream<Path> all = Files.list(run("shared", 0).getParent())) {
      assertThat(all.filter(Files::isDirectory)).hasSize(2);
    }
    try (RunIndex index = new RunStore(folder.resolve("shared")).index(warned::add)) {
      assertThat(index.newest(50)).hasSize(2).allMatch(row -> row.status().equals("done"));
    }
  }
}
