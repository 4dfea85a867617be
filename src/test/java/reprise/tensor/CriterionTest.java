package reprise.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reprise.tensor.cpu.CpuBackend;
import reprise.tensor.ir.Criteria;
import reprise.tensor.ir.Criterion;
import reprise.tensor.ir.Elementwise;
import reprise.tensor.ir.Noise;
import reprise.tensor.ir.Program;
import reprise.tensor.ir.State;
import reprise.tensor.ir.TensorType;
import reprise.tensor.ir.Value;

/** Losses with known values, noise with known rates, and where a run stops when a value breaks. */
@Tag("backend")
class CriterionTest {
  static Stream<Backend> backends() {
    return Stream.concat(
        Stream.of(Backends.reference()), CpuBackend.supported().stream().map(CpuBackend::on));
  }

  @ParameterizedTest
  @MethodSource("backends")
  void smoothingAndIgnoredTargets(Backend b) {
    Program p =
        Program.builder("smoothed")
            .parameter("x", 3, 4)
            .state("y", TensorType.i32(3), State.Kind.DATA)
            .function(
                "f", f -> f.output("rows", Criteria.crossEntropy(f.read("x"), f.read("y"), 0.2)))
            .build();
    try (Session s = b.open(p, SessionOptions.seed(1))) {
      s.write("x", new float[] {0, 0, 0, 0, 2, 0, 0, 0, 1, 1, 1, 1});
      s.write("y", new int[] {1, 0, Criteria.IGNORED});
      s.run("f", 1).orThrow();
      double lse = Math.log(Math.exp(2) + 3);
      assertThat(s.output("f", "rows"))
          .containsExactly(
              new float[] {(float) Math.log(4), (float) (lse - 0.8 * 2 - 0.2 * 0.5), 0},
              within(1e-6f));
      s.write("y", new int[] {1, 4, 0});
      assertThatThrownBy(() -> s.run("f", 1))
          .isInstanceOf(NativeFailure.class)
          .hasMessageContaining("index 4 at position 1 is outside the table of 4 rows");
    }
  }

  @Test
  void noiseHasItsRate() {
    int n = 40_000;
    Program p =
        Program.builder("noise")
            .parameter("x", n)
            .state("y", TensorType.i32(n), State.Kind.DATA)
            .state("step", TensorType.i32(), State.Kind.COUNTER)
            .function(
                "f",
                f -> {
                  Value step = f.read("step");
                  f.output("kept", Noise.dropout(f.read("x"), 0.25, 1, step));
                  Value labels = Noise.labels(f.read("y"), 10, 0.3, 2, step);
                  f.output("labels", f.apply(new Elementwise.ToFloat(), labels));
                  f.output("noisy", Noise.gaussian(f.read("x"), 0.5, 3, step));
                  f.update("step", step.increment(1));
                })
            .build();
    try (Session s = CpuBackend.best().open(p, SessionOptions.seed(1))) {
      float[] ones = new float[n];
      java.util.Arrays.fill(ones, 1);
      s.write("x", ones);
      s.run("f", 1).orThrow();
      int zeros = 0;
      for (float v : s.output("f", "kept")) {
        assertThat(v).isIn(0f, 1 / 0.75f);
        zeros += v == 0 ? 1 : 0;
      }
      // four standard errors: 4 sqrt(.25 .75 n) = 346 and 4 sqrt(.27 .73 n) = 355
      assertThat(zeros).isCloseTo(n / 4, within(346));
      int changed = 0;
      for (float v : s.output("f", "labels")) {
        assertThat(v).isBetween(0f, 9f);
        changed += v != 0 ? 1 : 0;
      }
      assertThat(changed).isCloseTo((int) (0.27 * n), within(355));
      double square = 0;
      for (float v : s.output("f", "noisy")) {
        square += (v - 1) * (v - 1) / n;
      }
      assertThat(Math.sqrt(square)).isCloseTo(0.5, within(0.01));
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aCheckedRunNamesTheNodeThatBreaks(Backend b) {
    Program p =
        Program.builder("breaks")
            .parameter("x", 3)
            .state("step", TensorType.i32(), State.Kind.COUNTER)
            .function(
                "f",
                f -> {
                  Value x = f.read("x");
                  f.output("loss", x.log().square().sum());
                  f.update("x", x.affine(1, -1));
                  f.update("step", f.read("step").increment(1));
                })
            .build();
    try (Session s = b.open(p, SessionOptions.seed(1).checkEveryValue())) {
      s.write("x", new float[] {9, 3.5f, 9});
      assertThatThrownBy(() -> s.run("f", 9))
          .isInstanceOf(NativeFailure.class)
          .hasMessageStartingWith("f, step 4")
          .hasMessageContaining("%1 = unary(%0) {function=LOG} : f32[3]: element 1 is NaN");
    }
    try (Session s = b.open(p, SessionOptions.seed(1))) {
      s.write("x", new float[] {9, 3.5f, 9});
      RunReport r = s.run("f", 9);
      assertThat(r.end()).hasToString("loss is NaN in step 4");
    }
  }

  @Test
  void whatDoesNotFitIsNamed() {
    TensorType x = TensorType.f32(3, 4);
    assertThatThrownBy(() -> new Criterion.SmoothedCrossEntropy(2, 0).infer(List.of(x, x)))
        .hasMessage("expected smoothing in [0, 1], got 2.0");
    assertThatThrownBy(() -> new Criterion.SmoothedCrossEntropy(0, 0).infer(List.of(x, x)))
        .hasMessage("expected one class index a row to be i32[3], got f32[3,4]");
    assertThatThrownBy(() -> new Noise.Dropout(1, 0).infer(List.of(x, TensorType.i32())))
        .hasMessage("expected a rate in [0, 1), got 1.0");
    assertThatThrownBy(() -> new Noise.Dropout(0, 0).infer(List.of(x, TensorType.i32(2))))
        .hasMessage("expected step to be a scalar, got i32[2]");
    assertThatThrownBy(() ->
            new Noise.LabelNoise(3, -1, 0).infer(List.of(TensorType.i32(2), TensorType.i32())))
        .hasMessage(
            "expected a rate in [0, 1], classes >= 1,"
                + " got LabelNoise[classes=3, rate=-1.0, stream=0]");
  }
}
