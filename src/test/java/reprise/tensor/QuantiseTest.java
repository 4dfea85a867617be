package reprise.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reprise.tensor.cpu.CpuBackend;
import reprise.tensor.ir.FunctionBuilder;
import reprise.tensor.ir.Grid;
import reprise.tensor.ir.Grid.Blocks;
import reprise.tensor.ir.Grid.Floating;
import reprise.tensor.ir.Grid.Scale;
import reprise.tensor.ir.Grid.Specials;
import reprise.tensor.ir.Grid.Whole;
import reprise.tensor.ir.Passes;
import reprise.tensor.ir.Program;
import reprise.tensor.ir.Quantise;
import reprise.tensor.ir.Quantise.Pass;
import reprise.tensor.ir.Quantise.Rounding;
import reprise.tensor.ir.State;
import reprise.tensor.ir.TensorType;
import reprise.tensor.ir.TypeMismatch;
import reprise.tensor.ir.Value;

/** Rounding to grids, against the enumeration of what they represent. */
@Tag("backend")
class QuantiseTest {
  /** Every format of at most eight bits, one in three of them with larger mantissas. */
  static List<Floating> formats() {
    List<Floating> list = new ArrayList<>();
    for (int e = 1; e <= 6; e++) {
      for (int m = 0; m + e <= 7; m++) {
        for (Specials s : Specials.values()) {
          try {
            list.add(new Floating(e, m, s, true));
            if (s != Specials.NONE) {
              list.add(new Floating(e, m, s, false));
            }
          } catch (IllegalArgumentException none) {
            // E1M0 with infinities and the like hold no number at all
            assertThat(e).isEqualTo(1);
          }
        }
      }
    }
    list.add(Grid.FP16);
    return list;
  }

  /** The non-negative numbers of a format, decoded from its codes. */
  private static List<Double> numbers(Floating f) {
    TreeSet<Double> out = new TreeSet<>();
    int bias = (1 << (f.exponent() - 1)) - 1;
    for (int code = 0; code < 1 << (f.exponent() + f.mantissa()); code++) {
      int field = code >> f.mantissa();
      double fraction = (code - (field << f.mantissa())) * Math.scalb(1.0, -f.mantissa());
      boolean top = field == (1 << f.exponent()) - 1;
      boolean all = code == (1 << (f.exponent() + f.mantissa())) - 1;
      if (f.specials() == Specials.IEEE && top || f.specials() == Specials.NAN && all) {
        continue;
      }
      out.add(field == 0 ? Math.scalb(fraction, 1 - bias) : Math.scalb(1 + fraction, field - bias));
    }
    return new ArrayList<>(out);
  }

  private static Stream<Backend> backends() {
    return Stream.concat(
        Stream.of(Backends.reference()), CpuBackend.supported().stream().map(CpuBackend::on));
  }

  private static float[] round(Backend b, Grid grid, Blocks blocks, float[] x, int... dims) {
    Program p =
        Program.builder("round")
            .state(
                "x",
                TensorType.f32(dims.length == 0 ? new int[] {x.length} : dims),
                State.Kind.DATA)
            .function("f", f -> f.output("y", Quantise.round(f.read("x"), grid, blocks)))
            .build();
    try (Session s = b.open(p, SessionOptions.seed(1))) {
      s.write("x", x);
      s.run("f", 1).orThrow();
      return s.output("f", "y");
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void roundingGivesTheNearestOfAllNumbersOfTheFormat(Floating f) {
    List<Double> numbers = numbers(f);
    assertThat(numbers.getLast()).isEqualTo(f.max());
    List<Float> x = new ArrayList<>();
    List<Float> expected = new ArrayList<>();
    for (int i = 0; i + 1 < numbers.size(); i++) {
      double low = numbers.get(i);
      double high = numbers.get(i + 1);
      double middle = (low + high) / 2;
      // Ties: even where the mantissa has bits (neighbours take turns), else the larger; 0 is even.
      boolean up = f.mantissa() == 0 ? i > 0 : i % 2 == 1;
      x.addAll(List.of((float) low, (float) middle));
      expected.addAll(List.of((float) low, (float) (up ? high : low)));
      x.add(Math.nextDown((float) middle));
      expected.add((float) low);
      x.add(-Math.nextUp((float) middle));
      expected.add((float) -high);
    }
    float max = (float) f.max();
    float beyond =
        f.saturate() ? max : f.specials() == Specials.IEEE ? Float.POSITIVE_INFINITY : Float.NaN;
    x.addAll(List.of(max, 2.5f * max, Float.POSITIVE_INFINITY, Float.NaN, -0f, Float.MIN_VALUE));
    expected.addAll(List.of(max, beyond, beyond, Float.NaN, -0f, 0f));
    float[] in = new float[x.size()];
    for (int i = 0; i < in.length; i++) {
      in[i] = x.get(i);
    }
    backends()
        .forEach(b -> {
          float[] y = round(b, f, Blocks.none(), in);
          for (int i = 0; i < in.length; i++) {
            assertThat(y[i]).as("%s of %s on %s", f, in[i], b.info()).isEqualTo(expected.get(i));
          }
        });
  }

  @Test
  void binary16And32AreThemselves() {
    float[] x = new float[40_000];
    float[] half = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = Float.intBitsToFloat(i * 107_374 + 12_345);
      half[i] = Float.float16ToFloat(Float.floatToFloat16(x[i]));
    }
    Floating fp16 = new Floating(5, 10, Specials.IEEE, false);
    Floating fp32 = new Floating(8, 23, Specials.IEEE, false);
    backends()
        .forEach(b -> {
          assertThat(round(b, fp16, Blocks.none(), x)).isEqualTo(half);
          assertThat(round(b, fp32, Blocks.none(), x)).isEqualTo(x);
        });
    assertThat(Grid.E4M3.max()).isEqualTo(448);
    assertThat(Grid.E5M2.max()).isEqualTo(57344);
    assertThat(Grid.E2M1.max()).isEqualTo(6);
    assertThat(Grid.E3M0.max()).isEqualTo(16);
  }

  @Test
  void scalesBelongToBlocks() {
    float[] x = {1.2f, -2, 3, 100, 0.5f, 0, 0, 0, 1, -8};
    // INT4 over pairs: scales 2/7, 100/7, .5/7, none, 8/7
    float[] pairs = round(CpuBackend.best(), Grid.INT4, new Blocks(Scale.F32, 0, 2), x);
    float[] expected = {8f / 7, -2, 0, 100, 0.5f, 0, 0, 0, 8f / 7, -8};
    assertThat(pairs).containsExactly(expected, within(1e-6f));
    // columns of [5, 2]: scales 3/7 and 100/7
    float[] columns = round(CpuBackend.best(), Grid.INT4, Blocks.along(0), x, 5, 2);
    assertThat(columns)
        .containsExactly(
            new float[] {9f / 7, 0, 3, 100, 3f / 7, 0, 0, 0, 6f / 7, -100f / 7}, within(1e-5f));
    // whole tensor, from -8 to 100 in 16 steps: scale 7.2, zero point 1
    float[] whole = round(CpuBackend.best(), new Whole(4, false), Blocks.tensor(), x);
    assertThat(whole)
        .containsExactly(new float[] {0, 0, 0, 100.8f, 0, 0, 0, 0, 0, -7.2f}, within(1e-4f));
    // OCP microscaling, E2M1: 2^(6 - 2) = 16 for 100, which saturates at 6 x 16
    float[] mx = round(CpuBackend.best(), Grid.E2M1, Blocks.microscaling(0), x);
    assertThat(mx).containsExactly(0, -0f, 0, 96, 0, 0, 0, 0, 0, -8);
    // power of two for whole numbers: the smallest that does not clip
    float[] power = round(CpuBackend.best(), Grid.INT8, new Blocks(Scale.POWER_OF_TWO, -1, 0), x);
    assertThat(power).containsExactly(1, -2, 3, 100, 0, 0, 0, 0, 1, -8);
    assertThat(
            round(
                CpuBackend.best(),
                Grid.INT8,
                new Blocks(Scale.POWER_OF_TWO, -1, 0),
                new float[] {255, 1, 3}))
        .containsExactly(256, 0, 4);
  }

  @Test
  void roundingAtRandomIsRightOnAverage() {
    int n = 40_000;
    Program p =
        Program.builder("random")
            .state("x", TensorType.f32(n), State.Kind.DATA)
            .state("step", TensorType.i32(), State.Kind.COUNTER)
            .function(
                "f",
                f -> {
                  Value y =
                      Quantise.roundAtRandom(
                          f.read("x"), Grid.E4M3, Blocks.none(), 3, f.read("step"));
                  f.output("y", y);
                  f.update("step", f.read("step").increment(1));
                })
            .build();
    try (Session s = CpuBackend.best().open(p, SessionOptions.seed(1).threads(2))) {
      float[] x = new float[n];
      java.util.Arrays.fill(x, -1.03f); // between -1 and -1.125: 24 % up
      s.write("x", x);
      s.run("f", 1).orThrow();
      float[] first = s.output("f", "y");
      double mean = 0;
      for (float y : first) {
        assertThat(y).isIn(-1f, -1.125f);
        mean += y / n;
      }
      // four standard errors of .125 sqrt(.24 .76 / n)
      assertThat(mean).isCloseTo(-1.03, within(1.1e-3));
      s.run("f", 1).orThrow();
      assertThat(s.output("f", "y")).isNotEqualTo(first);
    }
  }

  private static Program gradient(
      java.util.function.BiFunction<FunctionBuilder, Value, Value> word) {
    Program p =
        Program.builder("gradient")
            .parameter("x", 5)
            .state("w", TensorType.f32(5), State.Kind.DATA)
            .function(
                "loss", f -> f.output("loss", word.apply(f, f.read("x")).mul(f.read("w")).sum()))
            .build();
    return Passes.differentiate(p, "loss", "loss", "gradient", List.of("x"));
  }

  private static float[] derivative(Program p, float[] x, float[] w) {
    List<float[]> all = new ArrayList<>();
    backends()
        .forEach(b -> {
          try (Session s = b.open(p, SessionOptions.seed(1))) {
            s.write("x", x);
            s.write("w", w);
            s.run("gradient", 1).orThrow();
            all.add(s.output("gradient", "d.x"));
          }
        });
    all.forEach(d -> assertThat(d).isEqualTo(all.getFirst()));
    return all.getFirst();
  }

  @Test
  void derivativesPassStraightThrough() {
    float[] x = {1.1f, -700, 448, 3, 0};
    float[] w = {1, 2, 3, 4.4f, 5};
    assertThat(derivative(gradient((f, v) -> Quantise.round(v, Grid.E4M3, Blocks.none())), x, w))
        .containsExactly(w);
    Quantise clipped =
        new Quantise.Round(Grid.E4M3, Blocks.none(), Rounding.NEAREST, 0, Pass.CLIPPED);
    assertThat(derivative(gradient((f, v) -> f.apply(clipped, v)), x, w))
        .containsExactly(1, 0, 3, 4.4f, 5);
    assertThat(
            derivative(
                gradient((f, v) -> Quantise.roundGradient(v, Grid.E3M0, Blocks.none())), x, w))
        .containsExactly(1, 2, 4, 4, 4);
  }

  @Test
  void whatDoesNotFitIsNamed() {
    assertThatThrownBy(() -> new Floating(9, 3, Specials.IEEE, true))
        .hasMessage("a floating format has 1..8 exponent bits and 0..23 mantissa bits, got E9M3");
    assertThatThrownBy(() -> new Floating(2, 1, Specials.NONE, false))
        .hasMessage("E2M1 without infinity and NaN must saturate");
    assertThatThrownBy(() -> new Floating(8, 3, Specials.NONE, true))
        .hasMessageStartingWith("E8M3 with specials NONE would have the largest value 6.38");
    assertThatThrownBy(() -> new Whole(1, true)).hasMessage("whole numbers have 2..16 bits, got 1");
    assertThatThrownBy(() -> new Blocks(Scale.F32, -2, 0))
        .hasMessageStartingWith("blocks need an axis (-1 for the whole tensor)");
    List<TensorType> x = List.of(TensorType.f32(4));
    assertThatThrownBy(() ->
            new Quantise.Round(Grid.INT8, Blocks.tensor(), Rounding.NEAREST, 0, Pass.CLIPPED)
                .infer(x))
        .isInstanceOf(TypeMismatch.class)
        .hasMessageStartingWith("expected no scale where the derivative is clipped, got Blocks");
    assertThatThrownBy(() ->
            new Quantise.Round(
                    new Whole(4, false), Blocks.none(), Rounding.NEAREST, 0, Pass.STRAIGHT)
                .infer(x))
        .hasMessageStartingWith("expected a scale for asymmetric whole numbers, got Blocks");
    assertThatThrownBy(() ->
            new Quantise.RoundGradient(Grid.INT8, Blocks.along(1), Rounding.NEAREST, 0).infer(x))
        .hasMessage("expected blocks along an axis of f32[4], got 1");
    assertThatThrownBy(() ->
            new Quantise.RoundGradient(Grid.INT8, Blocks.none(), Rounding.STOCHASTIC, 0).infer(x))
        .hasMessage("expected 2 operands, got [f32[4]]");
  }

  @Test
  void allFormatsAreDistinct() {
    // E4M3 and E5M2 of OCP 8-bit floating point have 2 x 126 + 2 and 2 x 123 + 2 finite codes
    assertThat(numbers(Grid.E4M3)).hasSize(127);
    assertThat(numbers(Grid.E5M2)).hasSize(124);
    assertThat(numbers(Grid.E2M1)).containsExactly(0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0);
    assertThat(numbers(Grid.E3M0)).isSortedAccordingTo(Comparator.naturalOrder()).hasSize(8);
  }
}
