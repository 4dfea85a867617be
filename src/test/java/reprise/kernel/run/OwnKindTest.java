package reprise.kernel.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reprise.dsl.RunFailure;
import reprise.dsl.plan.Field;
import reprise.dsl.plan.Plan;
import reprise.dsl.plan.Task;
import reprise.dsl.result.LossCurve;
import reprise.dsl.result.Measure;
import reprise.dsl.result.Outcome;
import reprise.dsl.result.Passage;
import reprise.dsl.result.Reading;
import reprise.dsl.result.Readings;
import reprise.dsl.result.RunOutcome;
import reprise.dsl.unit.Bytes;
import reprise.dsl.unit.Flops;
import reprise.kernel.store.RunStore;
import reprise.tensor.Backends;
import reprise.tensor.ir.Program;

/** A kind of task that is not ours: a record, a trainer, and a line in META-INF/services. */
@Tag("backend")
class OwnKindTest {
  private static final Measure DISTANCE = new Measure("distance", "steps");

  /** A random walk of so many steps. */
  record Walk(String id, int steps, int seed, boolean mute) implements Task {
    @Override
    public Flops flops() {
      return new Flops(steps);
    }

    @Override
    public Bytes memory() {
      return new Bytes(64);
    }

    @Override
    public String setting() {
      return "walks on the line";
    }

    @Override
    public List<Field> fields() {
      return List.of(
          Field.words("space", "line"),
          Field.whole("steps", steps),
          Field.number("seed", seed, String.valueOf(seed)));
    }

    @Override
    public List<String> problems() {
      return steps < 1 ? List.of("expected at least one step, got " + steps) : List.of();
    }
  }

  /** Nobody carries it out. */
  record Orphan(String id, List<Field> fields) implements Task {
    @Override
    public int seed() {
      return 0;
    }

    @Override
    public int steps() {
      return 1;
    }

    @Override
    public Flops flops() {
      return new Flops(1);
    }

    @Override
    public Bytes memory() {
      return new Bytes(1);
    }

    @Override
    public String setting() {
      return "";
    }
  }

  /** Walks; two walks a bundle. */
  public static final class WalkTrainer implements Trainer<Walk> {
    @Override
    public Class<Walk> kind() {
      return Walk.class;
    }

    @Override
    public List<List<Walk>> bundles(List<Walk> open, int workers) {
      return IntStream.iterate(0, i -> i < open.size(), i -> i + 2)
          .mapToObj(i -> open.subList(i, Math.min(i + 2, open.size())))
          .toList();
    }

    @Override
    public void train(List<Walk> bundle, RunContext context) {
      for (Walk walk : bundle) {
        if (walk.mute()) {
          continue;
        }
        Random random = new Random(walk.seed());
        List<Reading> readings = new ArrayList<>();
        int at = 0;
        for (int i = 1; i <= walk.steps(); i++) {
          at += random.nextBoolean() ? 1 : -1;
          if (i == walk.steps() / 2) {
            readings.add(new Reading(DISTANCE, "half way", Math.abs(at)));
          }
        }
        context.progress(walk, walk.steps(), Double.NaN);
        readings.add(new Reading(DISTANCE, "", Math.abs(at)));
        readings.add(new Reading(new Measure("slope", ""), "", Double.NaN));
        write(context.folder(walk).resolve("path.txt"), "ended at " + at);
        context.ended(
            new RunOutcome.Finished<>(
                walk,
                at,
                new LossCurve(new int[0], new double[0]),
                new Readings(readings, List.of(new Passage("end", "a \"walk\"", "é\n" + at))),
                0.5,
                "d" + at));
      }
    }

    @Override
    public Optional<Program> program(Walk task) {
      return Optional.empty();
    }

    private static void write(Path file, String text) {
      try {
        Files.writeString(file, text);
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }

  @TempDir Path folder;

  private final Plan plan =
      new Plan(
          "walks",
          List.of(
              new Walk("a", 10, 1, false),
              new Walk("b", 1000, 1, false),
              new Walk("c", 10, 2, false)),
          List.of());

  @Test
  void itsRowsSayWhatItIs() {
    assertThat(plan.text())
        .isEqualTo(
            """
            plan: walks
            3 runs, 1.02e3 FLOP in all, at most 64 B a run
            walks on the line
              run  space  steps  seed
              a    line      10     1
              b    line   1,000     1
              c    line      10     2
            """);
    assertThatThrownBy(() -> new Plan("none", List.of(new Walk("w", 0, 1, false)), List.of()))
        .hasMessageContaining("w: expected at least one step, got 0");
  }

  /** Two numbers that print alike are still two plans. */
  @Test
  void theHashSeesWhatThreeDigitsHide() {
    Field one = Field.number("lr", 0.012_34);
    Field two = Field.number("lr", 0.012_341);
    assertThat(one.text()).isEqualTo(two.text()).isEqualTo("0.0123");
    assertThat(plan(one).text()).isEqualTo(plan(two).text());
    assertThat(plan(one).hash()).isNotEqualTo(plan(two).hash());
  }

  private static Plan plan(Field field) {
    return new Plan("rates", List.of(new Orphan("o", List.of(field))), List.of());
  }

  @Test
  void readingsTextsAndFilesAreKeptAndReadBack() throws Exception {
    Outcome first = engine().run(plan);
    Path done = folder.resolve(plan.hash()).resolve("b").resolve("DONE");
    Files.setLastModifiedTime(done, java.nio.file.attribute.FileTime.fromMillis(1000));
    Outcome second = engine().run(plan);
    assertThat(second.runs()).isEqualTo(first.runs());
    assertThat(Files.getLastModifiedTime(done).toMillis())
        .as("read, not run again")
        .isEqualTo(1000);
    RunOutcome.Finished<Walk> b = second.finished(Walk.class).get(1);
    assertThat(b.task().steps()).isEqualTo(1000);
    assertThat(b.readings().value(DISTANCE)).isEqualTo(Math.abs(b.loss()));
    assertThat(b.readings().find(DISTANCE, "half way")).isPresent();
    assertThat(b.readings().value(new Measure("slope", ""))).isNaN();
    assertThat(b.readings().passages().getFirst().prompt()).isEqualTo("a \"walk\"");
    assertThat(folder.resolve(plan.hash()).resolve("b").resolve("path.txt"))
        .hasContent("ended at " + (int) b.loss());
    assertThatThrownBy(() -> b.readings().value(DISTANCE, "noon"))
        .isInstanceOf(RunFailure.class)
        .hasMessage("distance steps at 'noon' was not read; it was at ['half way', '']");
  }

  @Test
  void aKindThatNobodyCarriesOutIsNamed() {
    Plan orphans = new Plan("orphans", List.of(new Orphan("o", List.of())), List.of());
    assertThatThrownBy(() -> engine().run(orphans))
        .isInstanceOf(RunFailure.class)
        .hasMessage(
            "nothing on the class path carries out reprise.kernel.run.OwnKindTest$Orphan of run o;"
                + " name its trainer in META-INF/services/reprise.kernel.run.Trainer");
  }

  @Test
  void aTrainerThatForgetsARunIsNamed() {
    Plan mute = new Plan("mute", List.of(new Walk("m", 10, 1, true)), List.of());
    assertThatThrownBy(() -> engine().run(mute))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageEndingWith("OwnKindTest$WalkTrainer told nothing of run m");
  }

  private LocalEngine engine() {
    return new LocalEngine(Backends.best(), new RunStore(folder), 2);
  }
}
