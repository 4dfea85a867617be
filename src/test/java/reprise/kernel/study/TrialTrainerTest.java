package reprise.kernel.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reprise.dsl.RunFailure;
import reprise.dsl.chart.Layer;
import reprise.dsl.claim.Measured;
import reprise.dsl.plan.Field;
import reprise.dsl.plan.Plan;
import reprise.dsl.result.Measure;
import reprise.dsl.result.Outcome;
import reprise.dsl.study.Trial;
import reprise.dsl.study.Trials;
import reprise.dsl.unit.Flops;
import reprise.kernel.run.LocalEngine;
import reprise.kernel.store.RunStore;
import reprise.tensor.Backends;

/** The whole of a numeric experiment: a record, one function that measures, and its line. */
@Tag("unit")
class TrialTrainerTest {
  private static final Measure SQUARE = new Measure("square", "m2");

  /** A number to be squared; the seed is added. */
  record Root(double x, int seed) implements Trial {
    @Override
    public String id() {
      return "x" + x + "-s" + seed;
    }

    @Override
    public long numbers() {
      return 2;
    }

    @Override
    public Flops flops() {
      return new Flops(1);
    }

    @Override
    public String setting() {
      return "squares";
    }

    @Override
    public List<Field> fields() {
      return List.of(
          Field.words("sign", x < 0 ? "minus" : "plus"),
          Field.number("x", x),
          Field.number("seed", seed, String.valueOf(seed)));
    }
  }

  /** Squares what is not negative. */
  public static final class RootTrainer extends TrialTrainer<Root> {
    /** For the service loader. */
    public RootTrainer() {
      super(Root.class);
    }

    @Override
    public void measure(Root trial, Sheet sheet) {
      if (trial.x() < 0) {
        throw new RunFailure("expected no negative number, got " + trial.x());
      }
      double y = trial.x() + trial.seed();
      sheet.point(1, y);
      sheet.point(2, y * y);
      sheet.read(SQUARE, y * y);
    }
  }

  @Test
  void trialsAreFilteredAveragedTabulatedAndDrawn(@TempDir Path folder) {
    Plan plan =
        new Plan(
            "squares",
            List.of(new Root(1, 1), new Root(1, 3), new Root(4, 1), new Root(-1, 1)),
            List.of());
    Outcome outcome = new LocalEngine(Backends.reference(), new RunStore(folder), 2).run(plan);
    assertThat(outcome.failed()).hasSize(1);
    assertThat(outcome.failed().getFirst().reason())
        .isEqualTo("expected no negative number, got -1.0");
    Trials<Root> trials = Trials.of(outcome, Root.class);
    assertThat(trials.values(SQUARE, "")).containsExactly(4, 16, 25);
    assertThat(trials.all().getFirst().curve().losses()).containsExactly(2, 4);
    assertThat(trials.all().getFirst().loss()).isEqualTo(4);
    Measured mean = trials.where(t -> t.x() == 1).mean(SQUARE, "");
    assertThat(mean.value()).isCloseTo(10, within(1e-12));
    // 10 +- 12.706 * sqrt(72) / sqrt(2)
    assertThat(mean.interval().orElseThrow().high()).isCloseTo(10 + 12.706 * 6, within(1e-9));
    assertThat(trials.largest(r -> r.readings().value(SQUARE), "square").how())
        .isEqualTo("square, the largest of 3 trials");
    assertThat(trials.smallest(r -> r.readings().value(SQUARE), "square").value()).isEqualTo(4);
    assertThat(trials.frame().columnNames())
        .containsExactly("run", "sign", "x", "seed", "measure", "at", "value");
    assertThat(trials.frame().rowCount()).isEqualTo(3);
    Layer.Points line = trials.line("all", Root::x, SQUARE, "");
    assertThat(line.at().xs()).containsExactly(1, 4);
    assertThat(line.at().ys()).containsExactly(10, 25);
    assertThatThrownBy(() -> trials.where(t -> t.x() == 7).mean(SQUARE, ""))
        .hasMessage(
            "no trial of these settings finished, so nothing can be measured; plan(..) shows which"
                + " settings there are");
  }
}
