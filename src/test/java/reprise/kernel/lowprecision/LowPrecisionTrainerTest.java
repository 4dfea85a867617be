package reprise.kernel.lowprecision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static reprise.dsl.Reprise.E1M1;
import static reprise.dsl.Reprise.E1M2;
import static reprise.dsl.Reprise.E2M1;
import static reprise.dsl.Reprise.E8M7;
import static reprise.dsl.Reprise.PRIDE_AND_PREJUDICE;
import static reprise.dsl.Reprise.characters;
import static reprise.dsl.Reprise.decoder;
import static reprise.dsl.Reprise.tokens;
import static reprise.dsl.Reprise.trainingIn;
import static reprise.dsl.Reprise.widths;

import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reprise.dsl.lowprecision.FloatFormat;
import reprise.dsl.lowprecision.LowPrecision;
import reprise.dsl.lowprecision.LowPrecisionResult;
import reprise.dsl.lowprecision.LowPrecisionTask;
import reprise.kernel.run.LocalEngine;
import reprise.kernel.store.RunStore;
import reprise.tensor.Backends;
import reprise.tensor.Session;
import reprise.tensor.SessionOptions;
import reprise.tensor.ir.Grid;
import reprise.tensor.ir.Program;
import reprise.tensor.ir.ProgramBuilder;
import reprise.tensor.ir.Quantise;
import reprise.tensor.ir.State;
import reprise.tensor.ir.TensorType;

/** Formats as grids, what is rounded in a step, and a run. */
@Tag("backend")
class LowPrecisionTrainerTest {
  @TempDir Path folder;

  /** Seven numbers from 0 to the largest of the format, in units of that. */
  private static double[] rounded(FloatFormat format) {
    Grid grid = LowPrecisionTrainer.grid(format);
    ProgramBuilder b = Program.builder("rounding");
    b.state("x", TensorType.f32(7), State.Kind.DATA);
    b.function("round", f -> f.output("y", Quantise.round(f.read("x"), grid, Grid.Blocks.none())));
    try (Session s = Backends.reference().open(b.build(), SessionOptions.seed(0))) {
      float[] x = new float[7];
      for (int i = 0; i < x.length; i++) {
        x[i] = (float) (grid.max() * i / 6);
      }
      s.write("x", x);
      s.run("round", 1).orThrow();
      float[] y = s.output("round", "y");
      return IntStream.range(0, 7).mapToDouble(i -> y[i] / grid.max()).toArray();
    }
  }

  /** Values of another program. */
  @Test
  void gridsAreThoseOfThePaper() {
    assertClose(rounded(E2M1), 0, .167, .333, .5, .667, .667, 1);
    assertClose(rounded(E1M2), 0, .143, .286, .571, .714, .857, 1);
    assertClose(rounded(E1M1), 0, 0, .333, .667, .667, .667, 1);
  }

  private static void assertClose(double[] y, double... expected) {
    for (int i = 0; i < y.length; i++) {
      assertThat(y[i]).as("element " + i).isCloseTo(expected[i], within(6e-4));
    }
  }

  private static LowPrecision small(FloatFormat... formats) {
    return trainingIn(formats)
        .models(decoder(widths(16)).layers(1).context(32))
        .corpus(characters(PRIDE_AND_PREJUDICE))
        .tokens(tokens(16_384));
  }

  /** Four matrices: X, W and dY of each, so that all three products have rounded operands. */
  @Test
  void everyProductOfABlockIsRounded() {
    LowPrecisionTask task = small(E2M1).plan().runs(LowPrecisionTask.class).getFirst();
    Program program = new LowPrecisionTrainer().program(task).orElseThrow();
    var step = program.function("train_step").body();
    var rounds =
        step.stream()
            .filter(i -> i.op() instanceof Quantise.Round)
            .map(i -> (Quantise.Round) i.op())
            .toList();
    assertThat(rounds).hasSize(4 * 3);
    assertThat(rounds)
        .allMatch(r ->
            r.grid().max() == 6
                && r.blocks().equals(new Grid.Blocks(Grid.Scale.F32, 0, 128))
                && r.rounding() == Quantise.Rounding.NEAREST);
    var evaluation = program.function("evaluate").body();
    assertThat(evaluation.stream().filter(i -> i.op() instanceof Quantise.Round)).hasSize(4 * 2);
  }

  @Test
  void fewBitsLoseAndSixteenHardlyDo() {
    LocalEngine engine = new LocalEngine(Backends.best(), new RunStore(folder), 1);
    LowPrecision experiment = small(E8M7, E1M1);
    LowPrecisionResult result = experiment.result(engine.run(experiment.plan()));
    assertThat(result.finished()).hasSize(2);
    assertThat(result.gap(E1M1, E8M7).value()).isGreaterThan(.02);
    assertThat(result.finished().getFirst().loss()).isBetween(2.0, 3.2);
    assertThat(result.charts()).hasSize(1);
    assertThat(experiment.result(engine.run(experiment.plan())).runs()).isEqualTo(result.runs());
  }
}
