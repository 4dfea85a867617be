package reprise.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reprise.tensor.cpu.CpuBackend;
import reprise.tensor.cpu.InstructionSet;
import reprise.tensor.ir.Elementwise;
import reprise.tensor.ir.FunctionBuilder;
import reprise.tensor.ir.Optimise;
import reprise.tensor.ir.Passes;
import reprise.tensor.ir.Program;
import reprise.tensor.ir.ProgramBuilder;
import reprise.tensor.ir.State;
import reprise.tensor.ir.TensorType;
import reprise.tensor.ir.Value;
import reprise.tensor.reference.ReferenceSession;

/** Tangents and Hessian-vector products against finite differences and the C backend. */
@Tag("backend")
class SecondDerivativesTest {
  /** A loss over some parameters; classes for targets where it reads them. */
  record Net(String name, Program program, List<String> parameters) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final int BATCH = 5;
  private static final int CLASSES = 4;

  private static Net mlp(Elementwise.Function fn) {
    Elementwise.Unary op = new Elementwise.Unary(fn);
    boolean half =
        switch (fn) {
          case LOG, SQRT, RECIPROCAL -> true;
          default -> false;
        };
    ProgramBuilder b =
        Program.builder("net")
            .state("x", TensorType.f32(BATCH, 3), State.Kind.DATA)
            .state("targets", TensorType.i32(BATCH), State.Kind.DATA)
            .parameter("a", 3, 6)
            .parameter("bias", 6)
            .parameter("b", 6, CLASSES)
            .function(
                "loss",
                f -> {
                  Value h = f.read("x").matmul(f.read("a")).add(f.read("bias"));
                  Value y = f.apply(op, half ? h.square().affine(1, 1) : h).matmul(f.read("b"));
                  f.output("loss", y.crossEntropy(f.read("targets")).mean());
                });
    return new Net("mlp " + fn, b.build(), List.of("a", "bias", "b"));
  }

  /** One transformer block with its embedding and head; rotary or not, three kinds of norm. */
  private static Net decoder(String norm, boolean rotary) {
    int time = 4;
    int d = 4;
    ProgramBuilder b =
        Program.builder("decoder")
            .state("tokens", TensorType.i32(2, time), State.Kind.DATA)
            .state("targets", TensorType.i32(2, time), State.Kind.DATA)
            .parameter("embedding", CLASSES, d)
            .parameter("qkv", d, 3 * d)
            .parameter("out", d, d)
            .parameter("gain", d)
            .parameter("shift", d)
            .function(
                "loss",
                f -> {
                  Value x = f.read("embedding").gather(f.read("tokens"));
                  Value qkv = norm(f, norm, x).matmul(f.read("qkv"));
                  qkv = rotary ? qkv.rotary(2, 100) : qkv;
                  x = x.add(qkv.causalAttention(2).matmul(f.read("out")).gelu());
                  Value y = norm(f, norm, x).matmulTransposed(f.read("embedding"));
                  f.output("loss", y.crossEntropy(f.read("targets")).mean());
                });
    List<String> names = new ArrayList<>(List.of("embedding", "qkv", "out", "gain"));
    if (norm.equals("layer with bias")) {
      names.add("shift");
    }
    return new Net("decoder " + norm + (rotary ? " rotary" : ""), b.build(), names);
  }

  private static Value norm(FunctionBuilder f, String norm, Value x) {
    return switch (norm) {
      case "rms" -> x.rmsNorm(f.read("gain"), 1e-3);
      case "layer" -> x.layerNorm(f.read("gain"), 1e-3);
      default -> x.layerNorm(f.read("gain"), f.read("shift"), 1e-3);
    };
  }

  /** Softmax, divisions, powers, permutation, slices, pads, and a KL loss. */
  private static Net miscellany() {
    ProgramBuilder b =
        Program.builder("net")
            .state("table", TensorType.f32(2, CLASSES), State.Kind.DATA)
            .state("which", TensorType.i32(BATCH), State.Kind.DATA)
            .parameter("a", BATCH, CLASSES)
            .parameter("row", CLASSES)
            .parameter("s")
            .function(
                "loss",
                f -> {
                  Value a = f.read("a");
                  Value s = a.softmax().div(f.read("row").square().affine(1, 2));
                  Value p = s.permute(1, 0).slice(0, 1, 2).matmul(a.sub(f.read("row")));
                  Value q = p.square().affine(1, 1).sqrt().log().add(f.read("s"));
                  Value y = a.sub(q.sum(0, 1)).mul(f.read("s")).exp().sigmoid().reshape(BATCH, 4);
                  Value norm = f.apply(new Optimise.GlobalNorm(), a, f.read("row"));
                  Value kl = y.klDivergence(f.read("table"), f.read("which")).mean();
                  f.output("loss", kl.add(norm.mul(f.read("s").tanh())));
                });
    return new Net("miscellany", b.build(), List.of("a", "row", "s"));
  }

  /**
   * A physics-informed loss (Raissi et al. 2019): mean (u'' + u - x)^2 with u a tanh network, u''
   * by two tangents with respect to the input.
   */
  private static Net physics() {
    ProgramBuilder b =
        Program.builder("net")
            .state("x", TensorType.f32(BATCH, 1), State.Kind.DATA)
            .parameter("a", 1, 7)
            .parameter("bias", 7)
            .parameter("b", 7, 7)
            .parameter("c", 7, 1)
            .function(
                "loss",
                f -> {
                  Value x = f.read("x");
                  Value h = x.matmul(f.read("a")).add(f.read("bias")).tanh();
                  Value u = h.matmul(f.read("b")).tanh().matmul(f.read("c"));
                  List<Value> one = List.of(f.fill(1, x.type()));
                  Value du = f.tangents(List.of(u), List.of(x), one).getFirst();
                  Value d2u = f.tangents(List.of(du), List.of(x), one).getFirst();
                  f.output("loss", d2u.add(u).sub(x).square().mean());
                });
    return new Net("physics", b.build(), List.of("a", "bias", "b", "c"));
  }

  static List<Net> nets() {
    List<Net> nets = new ArrayList<>();
    for (Elementwise.Function fn : Elementwise.Function.values()) {
      nets.add(mlp(fn));
    }
    for (String norm : List.of("rms", "layer", "layer with bias")) {
      nets.add(decoder(norm, norm.equals("rms")));
    }
    nets.add(miscellany());
    nets.add(physics());
    return nets;
  }

  static void fill(Program p, Session s, long seed) {
    Random random = new Random(seed);
    for (State state : p.states().values()) {
      int n = state.type().size();
      if (state.type().dtype() == reprise.tensor.ir.DType.I32) {
        s.write(state.name(), random.ints(n, 0, state.name().equals("which") ? 2 : 4).toArray());
      } else if (state.name().equals("table")) {
        s.write(state.name(), new float[] {.1f, .2f, .3f, .4f, .5f, .25f, .125f, .125f});
      } else {
        float[] x = new float[n];
        for (int i = 0; i < n; i++) {
          x[i] = (float) random.nextGaussian();
        }
        s.write(state.name(), x);
      }
    }
  }

  /** The products with the columns of the unit matrix, and those of finite differences. */
  private static double[][] dense(Net net, ReferenceSession s, String function, String prefix) {
    List<double[]> columns = new ArrayList<>();
    net.parameters().forEach(p -> s.write("v/" + p, new float[size(net, p)]));
    for (String p : net.parameters()) {
      for (int i = 0; i < size(net, p); i++) {
        double[] unit = new double[size(net, p)];
        unit[i] = 1;
        s.writeExact("v/" + p, unit);
        s.run(function, 1).orThrow();
        columns.add(outputs(net, s, function, prefix));
      }
      s.writeExact("v/" + p, new double[size(net, p)]);
    }
    return columns.toArray(double[][]::new);
  }

  private static double[][] differences(Net net, ReferenceSession s) {
    List<double[]> columns = new ArrayList<>();
    double h = 1e-5;
    for (String p : net.parameters()) {
      double[] x = doubles(s.read(p));
      for (int i = 0; i < x.length; i++) {
        double at = x[i];
        x[i] = at + h;
        s.writeExact(p, x);
        s.run("gradient", 1).orThrow();
        double[] up = outputs(net, s, "gradient", "d.");
        x[i] = at - h;
        s.writeExact(p, x);
        s.run("gradient", 1).orThrow();
        double[] down = outputs(net, s, "gradient", "d.");
        x[i] = at;
        s.writeExact(p, x);
        for (int k = 0; k < up.length; k++) {
          up[k] = (up[k] - down[k]) / (2 * h);
        }
        columns.add(up);
      }
    }
    return columns.toArray(double[][]::new);
  }

  private static double[] doubles(float[] x) {
    double[] y = new double[x.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = x[i];
    }
    return y;
  }

  private static int size(Net net, String state) {
    return net.program().state(state).type().size();
  }

  private static double[] outputs(Net net, ReferenceSession s, String function, String prefix) {
    return net.parameters().stream()
        .flatMapToDouble(p -> java.util.Arrays.stream(s.exactOutput(function, prefix + p)))
        .toArray();
  }

  private static double largest(double[][] m) {
    double largest = 0;
    for (double[] row : m) {
      for (double x : row) {
        largest = Math.max(largest, Math.abs(x));
      }
    }
    return largest;
  }

  static Program withProducts(Net net) {
    Program p = Passes.differentiate(net.program(), "loss", "loss", "gradient", net.parameters());
    return Passes.hessianVector(p, "loss", "loss", "product", net.parameters());
  }

  @ParameterizedTest
  @MethodSource("nets")
  void productsAreColumnsOfTheHessian(Net net) {
    Program p = withProducts(net);
    try (ReferenceSession s = Backends.reference().open(p, SessionOptions.seed(1))) {
      fill(p, s, 4);
      double[][] expected = differences(net, s);
      double[][] got = dense(net, s, "product", "Hv/");
      double scale = largest(expected);
      assertThat(scale).isGreaterThan(1e-3);
      for (int i = 0; i < got.length; i++) {
        for (int j = 0; j < got.length; j++) {
          assertThat(got[i][j])
              .as("H[%d,%d]", i, j)
              .isCloseTo(expected[i][j], Offset.offset(1e-6 * scale));
          assertThat(got[i][j]).isCloseTo(got[j][i], Offset.offset(1e-12 * scale));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("nets")
  void everyInstructionSetGivesTheSameProducts(Net net) {
    Program p = withProducts(net);
    try (ReferenceSession r = Backends.reference().open(p, SessionOptions.seed(1))) {
      fill(p, r, 4);
      r.run("product", 1).orThrow();
      for (InstructionSet isa : CpuBackend.supported()) {
        try (Session s = CpuBackend.on(isa).open(p, SessionOptions.seed(1).threads(2))) {
          fill(p, s, 4);
          s.run("product", 1).orThrow();
          for (String name : net.parameters()) {
            double e =
                ConformanceTest.error(
                    s.output("product", "Hv/" + name), r.exactOutput("product", "Hv/" + name));
            assertThat(e).as("%s on %s", name, isa).isLessThan(1e-5);
          }
        }
      }
    }
  }

  /** Reverse over reverse: the gradient of v.grad must be the same product. */
  @ParameterizedTest
  @MethodSource("nets")
  void reverseOverReverseGivesTheSame(Net net) {
    Program p = withProducts(net);
    ProgramBuilder b = ProgramBuilder.from(p);
    b.function(
        "twice",
        f -> {
          List<Value> wrt = net.parameters().stream().map(f::read).toList();
          Value loss = inline(f, net);
          List<Value> g = f.gradients(loss, wrt);
          Value dot = f.scalar(0);
          for (int i = 0; i < wrt.size(); i++) {
            dot = dot.add(g.get(i).mul(f.read("v/" + net.parameters().get(i))).sum());
          }
          List<Value> again = f.gradients(dot, wrt);
          for (int i = 0; i < wrt.size(); i++) {
            f.output("Hv/" + net.parameters().get(i), again.get(i));
          }
        });
    Program q = b.build();
    try (ReferenceSession s = Backends.reference().open(q, SessionOptions.seed(1))) {
      fill(q, s, 4);
      s.run("product", 1).orThrow();
      double[] expected = outputs(net, s, "product", "Hv/");
      s.run("twice", 1).orThrow();
      double[] got = outputs(net, s, "twice", "Hv/");
      double scale = largest(new double[][] {expected});
      for (int i = 0; i < got.length; i++) {
        assertThat(got[i]).as("%d", i).isCloseTo(expected[i], Offset.offset(1e-10 * scale));
      }
    }
  }

  private static Value inline(FunctionBuilder f, Net net) {
    return f.inline(net.program().function("loss")).get("loss");
  }

  @Test
  void tangentsOfOutputsAreDirectionalDerivatives() {
    Net net = decoder("layer", true);
    Program p = Passes.tangent(net.program(), "loss", "moved", net.parameters());
    try (ReferenceSession s = Backends.reference().open(p, SessionOptions.seed(1))) {
      fill(p, s, 4);
      s.run("moved", 1).orThrow();
      double got = s.exactOutput("moved", "t/loss")[0];
      assertThat(slope(net, s, 1e-5)).isCloseTo(got, Offset.offset(1e-8));
    }
  }

  /** Central difference of the loss along v. */
  private static double slope(Net net, ReferenceSession s, double h) {
    double[] at = new double[2];
    for (int side = 0; side < 2; side++) {
      List<double[]> start = new ArrayList<>();
      for (String name : net.parameters()) {
        double[] x = doubles(s.read(name));
        double[] v = doubles(s.read("v/" + name));
        start.add(x.clone());
        for (int i = 0; i < x.length; i++) {
          x[i] += (side == 0 ? h : -h) * v[i];
        }
        s.writeExact(name, x);
      }
      s.run("loss", 1).orThrow();
      at[side] = s.exactOutput("loss", "loss")[0];
      for (int i = 0; i < start.size(); i++) {
        s.writeExact(net.parameters().get(i), start.get(i));
      }
    }
    return (at[0] - at[1]) / (2 * h);
  }

  @ParameterizedTest
  @MethodSource("nets")
  void gradientsOfEveryNetAgreeWithItsLoss(Net net) {
    Program p = withProducts(net);
    try (ReferenceSession s = Backends.reference().open(p, SessionOptions.seed(1))) {
      fill(p, s, 4);
      s.run("gradient", 1).orThrow();
      double expected = 0;
      double scale = 1e-3;
      for (String name : net.parameters()) {
        double[] g = s.exactOutput("gradient", "d." + name);
        double[] v = doubles(s.read("v/" + name));
        for (int i = 0; i < g.length; i++) {
          expected += g[i] * v[i];
          scale += Math.abs(g[i] * v[i]);
        }
      }
      assertThat(slope(net, s, 1e-6)).isCloseTo(expected, Offset.offset(1e-6 * scale));
    }
  }

  @Test
  void whatCannotBeDifferentiatedIsNamed() {
    ProgramBuilder b = Program.builder("p").parameter("w", 3);
    assertThatThrownBy(() ->
            b.function(
                "f",
                f -> {
                  Value w = f.read("w");
                  Value clip = f.apply(new Optimise.ClipFactor(1), w.square().sum());
                  f.output("t", f.tangents(List.of(clip), List.of(w), List.of(w)).getFirst());
                }))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("no derivative of %3 = clip_factor(%2) {limit=1.0} : f32[]");
    assertThatThrownBy(() ->
            b.function(
                "g",
                f -> {
                  Value w = f.read("w");
                  f.tangents(List.of(w), List.of(w), List.of(w.sum()));
                }))
        .isInstanceOf(reprise.tensor.ir.TypeMismatch.class)
        .hasMessageContaining("expected direction 0 to be f32[3], got f32[]");
  }
}
