package reprise.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reprise.tensor.cpu.CpuBackend;
import reprise.tensor.ir.Factor;
import reprise.tensor.ir.LinearAlgebra;
import reprise.tensor.ir.Pointwises;
import reprise.tensor.ir.Program;
import reprise.tensor.ir.TensorType;
import reprise.tensor.ir.Value;

/** Factorisations at their edges: what they give back, and what they refuse. */
@Tag("backend")
class FactorTest {
  static Stream<Backend> backends() {
    return Stream.concat(
        Stream.of(Backends.reference()), CpuBackend.supported().stream().map(CpuBackend::on));
  }

  private static float[] run(Backend b, UnaryOperator<Value> word, float[] x, int... dims) {
    Program p =
        Program.builder("factor")
            .parameter("x", dims)
            .function("f", f -> f.output("y", word.apply(f.read("x"))))
            .build();
    try (Session s = b.open(p, SessionOptions.seed(1).threads(2))) {
      s.write("x", x);
      assertThat(s.run("f", 1).done()).isEqualTo(1);
      return s.output("f", "y");
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void knownFactorsComeOut(Backend b) {
    float[] a = {4, 2, 2, 10};
    assertThat(run(b, LinearAlgebra::cholesky, a, 2, 2)).containsExactly(2, 0, 1, 3);
    assertThat(run(b, LinearAlgebra::determinant, new float[] {0, 2, 3, 0}, 2, 2)[0])
        .isCloseTo(-6, within(1e-5f));
    assertThat(run(b, LinearAlgebra::logDeterminant, new float[] {1, 2, 2, 4}, 2, 2)[0])
        .isEqualTo(Float.NEGATIVE_INFINITY);
    // 3 and 1 with (1, 1)/sqrt 2 and (1, -1)/sqrt 2 turned to a positive first component
    float[] two = {2, 1, 1, 2};
    assertThat(run(b, x -> LinearAlgebra.eigh(x).getFirst(), two, 2, 2))
        .containsExactly(new float[] {1, 3}, within(1e-6f));
    assertThat(run(b, LinearAlgebra::nuclearNorm, new float[] {3, 0, 0, -4}, 2, 2)[0])
        .isCloseTo(7, within(1e-6f));
    assertThat(run(b, LinearAlgebra::inverse, a, 2, 2))
        .containsExactly(new float[] {10 / 36f, -2 / 36f, -2 / 36f, 4 / 36f}, within(1e-6f));
  }

  @ParameterizedTest
  @MethodSource("backends")
  void matricesOfLowRankHaveOrthonormalFactors(Backend b) {
    // rank one, and zero
    float[] x = new float[2 * 3 * 3];
    for (int i = 0; i < 9; i++) {
      x[i] = (i / 3 + 1) * (i % 3 + 1);
    }
    UnaryOperator<Value> rebuilt =
        v -> {
          List<Value> s = LinearAlgebra.svd(v);
          Value row = s.get(1).reshape(2, 1, 3);
          return Pointwises.mul(s.get(0), row).matmul(s.get(2), false, true);
        };
    assertThat(run(b, rebuilt, x, 2, 3, 3)).containsExactly(x, within(1e-5f));
    float[] eye = {1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 1};
    for (int side : new int[] {0, 2}) {
      UnaryOperator<Value> gram =
          v -> {
            Value u = LinearAlgebra.svd(v).get(side);
            return u.matmul(u, true, false);
          };
      assertThat(run(b, gram, x, 2, 3, 3)).containsExactly(eye, within(1e-6f));
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void whatCannotBeComputedIsNamed(Backend b) {
    float[] x = {1, 0, 0, 1, 1, 2, 2, 1};
    assertThatThrownBy(() -> run(b, LinearAlgebra::cholesky, x, 2, 2, 2))
        .isInstanceOf(NativeFailure.class)
        .hasMessageStartingWith("f, step 0")
        .hasMessageContaining("cholesky")
        .hasMessageContaining("matrix 1 is not positive definite (pivot 1)");
    float[] flat = {1, 0, 0, 1, 1, 2, 2, 4};
    assertThatThrownBy(() -> run(b, LinearAlgebra::inverse, flat, 2, 2, 2))
        .hasMessageContaining("matrix 1 is singular (pivot 1)");
    assertThatThrownBy(() -> run(b, v -> LinearAlgebra.qr(v).getFirst(), flat, 2, 2, 2))
        .hasMessageContaining("matrix 1 has dependent columns (column 1)");
    float[] broken = {1, 0, 0, Float.NaN};
    assertThatThrownBy(() -> run(b, v -> LinearAlgebra.svd(v).get(1), broken, 2, 2))
        .hasMessageContaining("matrix 0 did not converge in 60 sweeps");
    assertThatThrownBy(() -> run(b, v -> LinearAlgebra.eigh(v).getFirst(), broken, 2, 2))
        .hasMessageContaining("matrix 0 did not converge in 60 sweeps");
  }

  @Test
  void whatDoesNotFitIsNamed() {
    TensorType a = TensorType.f32(2, 3);
    assertThatThrownBy(() -> new Factor.Cholesky().infer(List.of(a)))
        .hasMessage("expected square matrices [.., n, n], got f32[2,3]");
    assertThatThrownBy(() -> new Factor.Qr().infer(List.of(a)))
        .hasMessage("expected no fewer rows than columns, got f32[2,3]");
    assertThatThrownBy(() -> new Factor.Svd().infer(List.of(TensorType.f32(3))))
        .hasMessage("expected matrices [.., m, n], got f32[3]");
    assertThatThrownBy(() -> new Factor.Solve(false).infer(List.of(TensorType.f32(3, 3), a)))
        .hasMessage("expected right-hand sides [.., n, p] for f32[3,3], got f32[2,3]");
  }
}
