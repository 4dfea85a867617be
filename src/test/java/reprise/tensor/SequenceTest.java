package reprise.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.tensor.cpu.CpuBackend;
import reprise.tensor.ir.Fourier;
import reprise.tensor.ir.Program;
import reprise.tensor.ir.Recurrent;
import reprise.tensor.ir.TensorType;

/** Transforms that come back, a prime length, and operands that do not fit. */
@Tag("backend")
class SequenceTest {
  @Test
  void transformsComeBack() {
    for (int n : new int[] {64, 1009, 3000}) {
      Program p =
          Program.builder("back")
              .parameter("x", 2, n)
              .function(
                  "f", f -> f.output("y", Fourier.inverseRealFft(Fourier.realFft(f.read("x")), n)))
              .build();
      try (Session s = CpuBackend.best().open(p, SessionOptions.seed(1).threads(2))) {
        float[] x = new float[2 * n];
        for (int i = 0; i < x.length; i++) {
          x[i] = (float) Math.sin(i * i);
        }
        s.write("x", x);
        s.run("f", 1).orThrow();
        assertThat(s.output("f", "y")).containsExactly(x, within(1e-6f));
      }
    }
  }

  @Test
  void aWaveHasOneFrequency() {
    int n = 97;
    Program p =
        Program.builder("wave")
            .parameter("x", n)
            .function("f", f -> f.output("y", Fourier.realFft(f.read("x"))))
            .build();
    try (Session s = CpuBackend.best().open(p, SessionOptions.seed(1))) {
      float[] x = new float[n];
      for (int i = 0; i < n; i++) {
        x[i] = (float) Math.cos(2 * Math.PI * 5 * i / n);
      }
      s.write("x", x);
      s.run("f", 1).orThrow();
      float[] y = s.output("f", "y");
      for (int k = 0; k < y.length; k++) {
        assertThat(y[k]).isCloseTo(k == 10 ? n / 2f : 0, within(1e-5f));
      }
    }
  }

  @Test
  void whatDoesNotFitIsNamed() {
    assertThatThrownBy(() -> new Fourier.Fft(false).infer(List.of(TensorType.f32(4, 3))))
        .hasMessage("expected complex numbers [.., n, 2], got f32[4,3]");
    assertThatThrownBy(() -> new Fourier.Walsh().infer(List.of(TensorType.f32(4, 6))))
        .hasMessage("expected a last extent that is a power of two, got f32[4,6]");
    TensorType state = TensorType.f32(2, 5);
    assertThatThrownBy(() -> new Recurrent.Lstm().infer(List.of(TensorType.f32(2, 15), state)))
        .hasMessage("expected gates of 4 times the width of f32[2,5], got f32[2,15]");
    assertThatThrownBy(() ->
            new Recurrent.Gru().infer(List.of(TensorType.f32(2, 15), TensorType.f32(3, 15), state)))
        .hasMessage("expected parts from the state to be f32[2,15], got f32[3,15]");
  }
}
