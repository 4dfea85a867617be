package reprise.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.tensor.cpu.CpuBackend;
import reprise.tensor.cpu.InstructionSet;
import reprise.tensor.ir.Passes;
import reprise.tensor.ir.Pointwise;
import reprise.tensor.ir.Pointwises;
import reprise.tensor.ir.Program;
import reprise.tensor.ir.TensorType;
import reprise.tensor.ir.TypeMismatch;
import reprise.tensor.ir.Value;

/** Known values at the edges of further functions. */
@Tag("backend")
class PointwiseTest {
  private static final float INF = Float.POSITIVE_INFINITY;
  private static final float NAN = Float.NaN;

  private static void check(UnaryOperator<Value> word, float[] x, float[] expected) {
    Program p =
        Program.builder("edges")
            .parameter("x", x.length)
            .function("f", f -> f.output("y", word.apply(f.read("x"))))
            .build();
    for (InstructionSet isa : CpuBackend.supported()) {
      try (Session s = CpuBackend.on(isa).open(p, SessionOptions.seed(1))) {
        s.write("x", x);
        s.run("f", 1).orThrow();
        float[] y = s.output("f", "y");
        for (int i = 0; i < x.length; i++) {
          float slack = Float.isFinite(expected[i]) ? 2e-7f * Math.abs(expected[i]) : 0;
          assertThat(y[i]).as("%s of %s", isa, x[i]).isCloseTo(expected[i], within(slack));
        }
      }
    }
  }

  @Test
  void edgesHaveTheirValues() {
    float[] x = {-2.5f, -0.5f, -0f, 0.5f, 1.5f, 2.5f, 1e9f, -1e9f};
    check(Pointwises::floor, x, new float[] {-3, -1, -0f, 0, 1, 2, 1e9f, -1e9f});
    check(Pointwises::ceil, x, new float[] {-2, -0f, -0f, 1, 2, 3, 1e9f, -1e9f});
    check(Pointwises::round, x, new float[] {-2, -0f, -0f, 0, 2, 2, 1e9f, -1e9f});
    check(Pointwises::sign, x, new float[] {-1, -1, 0, 1, 1, 1, 1, -1});
    check(Pointwises::abs, x, new float[] {2.5f, 0.5f, 0, 0.5f, 1.5f, 2.5f, 1e9f, 1e9f});
    check(v -> Pointwises.clamp(v, -1, 2), x, new float[] {-1, -0.5f, -0f, 0.5f, 1.5f, 2, 2, -1});
    check(
        Pointwises::log1p,
        new float[] {1e-8f, -1, -2, INF, 1e-3f, -0.999f},
        new float[] {
          1e-8f, -INF, NAN, INF, (float) Math.log1p(1e-3f), (float) Math.log1p(-0.999f)
        });
    check(
        Pointwises::expm1,
        new float[] {1e-8f, -80, 0.4f, -0.4f, 1},
        new float[] {
          1e-8f, -1, (float) Math.expm1(0.4f), (float) Math.expm1(-0.4f), (float) Math.expm1(1)
        });
    check(
        Pointwises::softplus,
        new float[] {-40, 0, 50, -5},
        new float[] {
          (float) Math.exp(-40), (float) Math.log(2), 50, (float) Math.log1p(Math.exp(-5))
        });
    // Abramowitz and Stegun, table 7.1
    check(
        Pointwises::erf, new float[] {0, 0.5f, 2, -4}, new float[] {0, 0.5204999f, 0.9953223f, -1});
    check(
        Pointwises::sin,
        new float[] {1e-4f, 3.1415927f / 2, 100, 8191, 1e6f, -1e6f},
        new float[] {
          1e-4f,
          1,
          (float) Math.sin(100),
          (float) Math.sin(8191),
          (float) Math.sin(1e6),
          (float) Math.sin(-1e6)
        });
    check(Pointwises::cos, new float[] {0, 1, INF}, new float[] {1, (float) Math.cos(1), NAN});
    check(v -> Pointwises.power(v, 3), new float[] {-2, 3}, new float[] {-8, 27});
    float[] edges = {NAN, -2, 0.5f};
    check(v -> Pointwises.maximum(v, Pointwises.sign(v)), edges, new float[] {NAN, -1, 1});
    check(v -> Pointwises.minimum(Pointwises.sign(v), v), edges, new float[] {NAN, -2, 0.5f});
  }

  @Test
  void tiesOfMaximumGoToTheFirstAndDetachedValuesAreConstant() {
    Program p =
        Passes.differentiate(
            Program.builder("ties")
                .parameter("a", 3)
                .parameter("b", 3)
                .function(
                    "loss",
                    f -> {
                      Value m = Pointwises.maximum(f.read("a"), f.read("b"));
                      f.output("loss", m.mul(Pointwises.detach(m)).sum());
                    })
                .build(),
            "loss",
            "loss",
            "gradient",
            List.of("a", "b"));
    try (Session s = CpuBackend.best().open(p, SessionOptions.seed(1))) {
      s.write("a", new float[] {1, 2, 3});
      s.write("b", new float[] {1, 5, 2});
      s.run("gradient", 1).orThrow();
      assertThat(s.output("gradient", "d.a")).containsExactly(1, 0, 3);
      assertThat(s.output("gradient", "d.b")).containsExactly(0, 5, 0);
    }
  }

  @Test
  void whatDoesNotFitIsNamed() {
    TensorType a = TensorType.f32(2, 3, 4);
    Pointwise add = new Pointwise.Zip(Pointwise.Pairing.ADD);
    assertThatThrownBy(() -> add.infer(List.of(a, TensorType.f32(2, 1))))
        .isInstanceOf(TypeMismatch.class)
        .hasMessage(
            "expected second operand that broadcasts to at most six axes of f32[2,3,4],"
                + " got f32[2,1]");
    assertThatThrownBy(() -> new Pointwise.Map(Pointwise.Curve.CLAMP, 2, 1).infer(List.of(a)))
        .hasMessage(
            "expected a lower bound not above the upper, got Map[curve=CLAMP, a=2.0, b=1.0]");
    assertThatThrownBy(() -> new Pointwise.Select().infer(List.of(a, a, TensorType.f32(24))))
        .hasMessage("expected second choice to be f32[2,3,4], got f32[24]");
    Program.builder("words")
        .parameter("x", 2, 3)
        .parameter("y", 4)
        .function(
            "f",
            f -> {
              assertThatThrownBy(() -> Pointwises.add(f.read("x"), f.read("y")))
                  .hasMessage("expected extents that broadcast with f32[2,3], got f32[4]");
              assertThatThrownBy(() -> Pointwises.gated(f.read("x"), Value::silu))
                  .hasMessage("expected an even last extent to gate, got f32[2,3]");
            });
  }
}
