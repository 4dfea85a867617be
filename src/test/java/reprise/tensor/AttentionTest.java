package reprise.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.tensor.cpu.CpuBackend;
import reprise.tensor.ir.Attention;
import reprise.tensor.ir.Attentions;
import reprise.tensor.ir.Program;
import reprise.tensor.ir.State;
import reprise.tensor.ir.TensorType;
import reprise.tensor.ir.TypeMismatch;
import reprise.tensor.ir.Value;

/** What attention over separate operands promises beyond its cases in the conformance test. */
@Tag("backend")
class AttentionTest {
  private static final int WIDTH = 6;

  private static Program padded() {
    return Program.builder("padded")
        .parameter("q", 2, 5, 2 * WIDTH)
        .parameter("k", 2, 4, WIDTH)
        .parameter("v", 2, 4, WIDTH)
        .state("lengths", TensorType.i32(2), State.Kind.DATA)
        .function(
            "f",
            f -> {
              Value q = f.read("q");
              Value k = f.read("k");
              Value v = f.read("v");
              Value y = Attentions.attend(q, k, v, f.read("lengths"), 2, 1, false);
              List<Value> d = f.gradients(y.square().sum(), List.of(q, k, v));
              f.output("y", y).output("dq", d.get(0)).output("dk", d.get(1)).output("dv", d.get(2));
            })
        .build();
  }

  private static float[] normal(int n, int seed) {
    Random random = new Random(seed);
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) random.nextGaussian();
    }
    return x;
  }

  private static Session open(Backend backend, int... lengths) {
    Session s = backend.open(padded(), SessionOptions.seed(1));
    s.write("q", normal(2 * 5 * 2 * WIDTH, 1));
    s.write("k", normal(2 * 4 * WIDTH, 2));
    s.write("v", normal(2 * 4 * WIDTH, 3));
    s.write("lengths", lengths);
    return s;
  }

  @Test
  void aRowWithoutKeysGivesZeros() {
    for (Backend backend : List.of(Backends.reference(), CpuBackend.best())) {
      try (Session s = open(backend, 0, 4)) {
        s.run("f", 1).orThrow();
        float[] y = s.output("f", "y");
        float[] dq = s.output("f", "dq");
        float[] dv = s.output("f", "dv");
        for (int i = 0; i < y.length / 2; i++) {
          assertThat(y[i]).isZero();
          assertThat(dq[i]).isZero();
          assertThat(y[y.length / 2 + i]).isNotZero();
        }
        for (int i = 0; i < dv.length / 2; i++) {
          assertThat(dv[i]).isZero();
          assertThat(dv[dv.length / 2 + i]).isNotZero();
        }
      }
    }
  }

  @Test
  void paddingIsNeverSeen() {
    try (Session s = open(CpuBackend.best(), 3, 2)) {
      s.run("f", 1).orThrow();
      float[] before = s.output("f", "y");
      float[] k = normal(2 * 4 * WIDTH, 2);
      for (int j = 0; j < WIDTH; j++) {
        k[3 * WIDTH + j] = 1e6f;
        k[6 * WIDTH + j] = Float.NaN;
      }
      s.write("k", k);
      s.run("f", 1).orThrow();
      assertThat(s.output("f", "y")).isEqualTo(before);
    }
  }

  @Test
  void aLengthBeyondTheKeysIsNamed() {
    try (Session s = open(CpuBackend.best(), 3, 5)) {
      assertThatThrownBy(() -> s.run("f", 1))
          .isInstanceOf(NativeFailure.class)
          .hasMessageContaining("multi_head: length 5 of row 1 is not within 0..4 keys");
    }
  }

  @Test
  void groupsMustDivideHeads() {
    assertThatThrownBy(() ->
            new Attention.MultiHead(3, 2, false)
                .infer(
                    List.of(
                        TensorType.f32(1, 4, 6), TensorType.f32(1, 4, 4), TensorType.f32(1, 4, 4))))
        .isInstanceOf(TypeMismatch.class)
        .hasMessage(
            "expected query heads in equal groups, one for each key-value head, got 3 heads, 2"
                + " groups");
    assertThatThrownBy(() ->
            new Attention.MultiHead(4, 2, false)
                .infer(
                    List.of(
                        TensorType.f32(1, 4, 8), TensorType.f32(1, 4, 8), TensorType.f32(1, 4, 8))))
        .hasMessage("expected k [1,Tk,4] for q [1,4,8], got [1,4,8]");
  }

  /** Rotation by position p then q is rotation by p + q: scores depend on distances only. */
  @Test
  void rotaryScoresDependOnDistances() {
    Program p =
        Program.builder("rotary")
            .parameter("q", 1, 1, 8)
            .parameter("k", 1, 1, 8)
            .function(
                "f",
                f -> {
                  for (int offset : new int[] {3, 40}) {
                    Value q = Attentions.rotary(f.read("q"), 1, 8, 100, false, offset + 5);
                    Value k = Attentions.rotary(f.read("k"), 1, 8, 100, false, offset);
                    f.output("score" + offset, q.mul(k).sum());
                  }
                })
            .build();
    try (Session s = CpuBackend.best().open(p, SessionOptions.seed(1))) {
      s.write("q", normal(8, 4));
      s.write("k", normal(8, 5));
      RunReport r = s.run("f", 1).orThrow();
      assertThat(r.last("score3"))
          .isCloseTo(r.last("score40"), org.assertj.core.data.Offset.offset(1e-5));
      assertThat(Math.abs(r.last("score3"))).isGreaterThan(0.01);
    }
  }
}
