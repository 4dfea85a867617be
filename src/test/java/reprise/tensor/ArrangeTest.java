package reprise.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reprise.tensor.cpu.CpuBackend;
import reprise.tensor.ir.Arrange;
import reprise.tensor.ir.Arrangements;
import reprise.tensor.ir.Elementwise;
import reprise.tensor.ir.Program;
import reprise.tensor.ir.State;
import reprise.tensor.ir.TensorType;
import reprise.tensor.ir.TypeMismatch;
import reprise.tensor.ir.Value;

/** Orders with ties and NaN; indices outside; operands that do not fit. */
@Tag("backend")
class ArrangeTest {
  static Stream<Backend> backends() {
    return Stream.concat(
        Stream.of(Backends.reference()), CpuBackend.supported().stream().map(CpuBackend::on));
  }

  @ParameterizedTest
  @MethodSource("backends")
  void ordersAreStableAndNanComesLast(Backend b) {
    Program p =
        Program.builder("order")
            .parameter("x", 7)
            .function(
                "f",
                f -> {
                  Value x = f.read("x");
                  List<Value> down = Arrangements.sort(x, 0, true);
                  f.output("down", down.get(0));
                  f.output("at", f.apply(new Elementwise.ToFloat(), down.get(1)));
                  List<Value> up = Arrangements.topK(x, 0, 3, false);
                  f.output("up", f.apply(new Elementwise.ToFloat(), up.get(1)));
                  Value best = Arrangements.argmax(x.slice(0, 0, 3), 0);
                  f.output("best", f.apply(new Elementwise.ToFloat(), best));
                })
            .build();
    try (Session s = b.open(p, SessionOptions.seed(1))) {
      s.write("x", new float[] {2, 5, 5, Float.NaN, 2, -1, 5});
      s.run("f", 1).orThrow();
      assertThat(s.output("f", "down")).containsExactly(5, 5, 5, 2, 2, -1, Float.NaN);
      assertThat(s.output("f", "at")).containsExactly(1, 2, 6, 0, 4, 5, 3);
      assertThat(s.output("f", "up")).containsExactly(5, 0, 4);
      assertThat(s.output("f", "best")).containsExactly(1);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void indicesOutsideAreNamed(Backend b) {
    Program p =
        Program.builder("outside")
            .parameter("x", 4)
            .state("index", TensorType.i32(2), State.Kind.DATA)
            .function(
                "f", f -> f.output("y", Arrangements.takeAlong(f.read("x"), 0, f.read("index"))))
            .build();
    try (Session s = b.open(p, SessionOptions.seed(1))) {
      s.write("index", new int[] {3, 4});
      assertThatThrownBy(() -> s.run("f", 1))
          .isInstanceOf(NativeFailure.class)
          .hasMessageStartingWith("f, step 0")
          .hasMessageContaining("take_along")
          .hasMessageContaining("index 4 at position 1 is outside the table of 4 rows");
    }
  }

  @Test
  void whatDoesNotFitIsNamed() {
    TensorType x = TensorType.f32(2, 3);
    assertThatThrownBy(() -> new Arrange.Reverse(2).infer(List.of(x)))
        .isInstanceOf(TypeMismatch.class)
        .hasMessage("expected an axis of f32[2,3], got 2");
    assertThatThrownBy(() -> new Arrange.Order(1, 4, true).infer(List.of(x)))
        .hasMessage("expected between one and all values of axis 1 of f32[2,3], got 4");
    assertThatThrownBy(() -> new Arrange.TakeAlong(1).infer(List.of(x, TensorType.i32(3, 3))))
        .hasMessage("expected an index that differs from f32[2,3] in axis 1 only, got i32[3,3]");
    assertThatThrownBy(() -> new Arrange.Concat(0).infer(List.of(x, TensorType.f32(2, 4))))
        .hasMessage("expected operands that differ from f32[2,3] in axis 0 only, got f32[2,4]");
    assertThatThrownBy(() -> new Arrange.Band(0, 0).infer(List.of(TensorType.f32(3))))
        .hasMessage("expected matrices [.., n, m], got f32[3]");
    assertThatThrownBy(
            () -> new Arrange.ScanGrad(Arrange.Running.SUM, 0, false).infer(List.of(x, x, x)))
        .hasMessage("expected a product or maximum, got SUM");
    Program.builder("words")
        .parameter("x", 2, 3)
        .function(
            "f",
            f -> {
              assertThatThrownBy(() -> Arrangements.diagonal(f.read("x")))
                  .hasMessage("expected square matrices [.., n, n], got f32[2,3]");
              assertThatThrownBy(() -> Arrangements.split(f.read("x"), 1, 1, 1))
                  .hasMessage("expected parts that make up axis 1 of f32[2,3], got 2");
              assertThatThrownBy(() -> Arrangements.variance(f.read("x"), 0, 2))
                  .hasMessage("expected more than 2 values, got f32[2,3]");
            });
  }
}
