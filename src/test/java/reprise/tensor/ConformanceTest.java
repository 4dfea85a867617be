package reprise.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reprise.tensor.OpCases.Case;
import reprise.tensor.OpCases.Operand;
import reprise.tensor.cpu.CpuBackend;
import reprise.tensor.cpu.InstructionSet;
import reprise.tensor.ir.DType;
import reprise.tensor.ir.Elementwise;
import reprise.tensor.ir.Passes;
import reprise.tensor.ir.Program;
import reprise.tensor.ir.ProgramBuilder;
import reprise.tensor.ir.ProgramText;
import reprise.tensor.ir.State;
import reprise.tensor.ir.TensorType;
import reprise.tensor.ir.Value;
import reprise.tensor.reference.ReferenceSession;

/**
 * Every operation, value and gradient, on every backend this machine runs.
 *
 * <p><b>How to add an op.</b> 1. A record in {@code reprise.tensor.ir} with its typing rule, and
 * its derivative in {@code Gradients}. 2. A case in the reference backend. 3. An opcode in {@code
 * opcodes.h} and {@code Opcode}; its check and its run in the family's file {@code ops_x.c} with a
 * line in {@code operations.c}; its lowering (a class of its own for a new family, one line in
 * {@code Lowering}). 4. One line in {@link OpCases}, at a size that does not fit vectors. {@link
 * #everyOperationHasACase} fails until the line is there.
 *
 * <p>Gradients of the reference are compared with central differences in double (step 1e-5,
 * tolerance 1e-6 of the largest element); all else with the reference at 1e-5 of the largest
 * element of the tensor, in single precision.
 */
@Tag("backend")
class ConformanceTest {
  private static final double SINGLE = 1e-5;
  private static final double DIFFERENCES = 1e-6;

  static List<Case> cases() {
    return OpCases.all();
  }

  static Stream<Case> differentiable() {
    return OpCases.all().stream().filter(c -> c.differentiable() && floats(c) > 0);
  }

  private static long floats(Case c) {
    return trained(c).size();
  }

  /** Indices of the operands that get a gradient. */
  private static List<Integer> trained(Case c) {
    List<Integer> list = new ArrayList<>();
    for (int i = 0; i < c.operands().size(); i++) {
      Operand o = c.operands().get(i);
      if (o.type().dtype() == DType.F32 && o.fill() != OpCases.Fill.DISTRIBUTION) {
        list.add(i);
      }
    }
    return list;
  }

  /** Functions forward (all results) and, where differentiable, gradient of a weighted sum. */
  static Program program(Case c) {
    ProgramBuilder b = Program.builder("case");
    for (int i = 0; i < c.operands().size(); i++) {
      Operand o = c.operands().get(i);
      boolean data = !trained(c).contains(i);
      b.state("x" + i, o.type(), data ? State.Kind.DATA : State.Kind.PARAMETER);
    }
    b.function(
        "forward",
        f -> {
          List<Value> in = new ArrayList<>();
          for (int i = 0; i < c.operands().size(); i++) {
            in.add(f.read("x" + i));
          }
          List<Value> out = c.body().apply(f, in);
          for (int i = 0; i < out.size(); i++) {
            Value v = out.get(i);
            boolean ints = v.type().dtype() == DType.I32;
            f.output("y" + i, ints ? f.apply(new Elementwise.ToFloat(), v) : v);
          }
        });
    if (c.differentiable() && floats(c) > 0) {
      TensorType result = b.build().function("forward").types().isEmpty() ? null : resultType(b);
      b.state("weight", result, State.Kind.DATA);
      b.function(
          "loss",
          f -> {
            List<Value> in = new ArrayList<>();
            for (int i = 0; i < c.operands().size(); i++) {
              in.add(f.read("x" + i));
            }
            Value y = c.body().apply(f, in).getFirst();
            f.output("loss", y.mul(f.read("weight")).sum());
          });
      List<String> wrt = trained(c).stream().map(i -> "x" + i).toList();
      return Passes.differentiate(b.build(), "loss", "loss", "gradient", wrt);
    }
    return b.build();
  }

  private static TensorType resultType(ProgramBuilder b) {
    var f = b.build().function("forward");
    return f.types().get(f.outputs().get("y0"));
  }

  static void fill(Program p, Case c, Session s) {
    Random random = new Random(c.name().hashCode());
    for (int i = 0; i < c.operands().size(); i++) {
      Operand o = c.operands().get(i);
      if (o.type().dtype() == DType.I32) {
        s.write("x" + i, random.ints(o.type().size(), 0, o.limit() == 0 ? 9 : o.limit()).toArray());
      } else {
        s.write("x" + i, floats(o, random));
      }
    }
    if (p.states().containsKey("weight")) {
      float[] w = new float[p.state("weight").type().size()];
      for (int i = 0; i < w.length; i++) {
        w[i] = (float) random.nextGaussian();
      }
      s.write("weight", w);
    }
  }

  private static float[] floats(Operand o, Random random) {
    float[] x = new float[o.type().size()];
    for (int i = 0; i < x.length; i++) {
      x[i] =
          o.fill() == OpCases.Fill.NORMAL
              ? (float) random.nextGaussian()
              : 0.5f + 2 * random.nextFloat();
    }
    if (o.fill() == OpCases.Fill.DISTRIBUTION) {
      int v = o.type().shape().dim(-1);
      for (int r = 0; r < x.length / v; r++) {
        double sum = 0;
        for (int j = 0; j < v; j++) {
          sum += x[r * v + j];
        }
        for (int j = 0; j < v; j++) {
          x[r * v + j] /= (float) sum;
        }
      }
    }
    return x;
  }

  /** Largest difference over the largest element. */
  static double error(float[] got, double[] expected) {
    double scale = 1e-30;
    double worst = 0;
    assertThat(got).hasSameSizeAs(expected);
    for (int i = 0; i < got.length; i++) {
      scale = Math.max(scale, Math.abs(expected[i]));
      double d = Math.abs(got[i] - expected[i]);
      worst = Double.isNaN(d) ? Double.POSITIVE_INFINITY : Math.max(worst, d);
    }
    return worst / scale;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyInstructionSetAgreesWithTheReference(Case c) {
    Program p = program(c);
    assertThat(ProgramText.parse(p.toString())).isEqualTo(p);
    Map<String, Double> errors = new LinkedHashMap<>();
    try (ReferenceSession reference = Backends.reference().open(p, SessionOptions.seed(3))) {
      fill(p, c, reference);
      for (InstructionSet isa : CpuBackend.supported()) {
        for (int threads = 1; threads <= 2; threads++) {
          SessionOptions options = SessionOptions.seed(3).threads(threads);
          try (Session cpu = CpuBackend.on(isa).open(p, options)) {
            fill(p, c, cpu);
            for (var f : p.functions().values()) {
              reference.run(f.name(), 1).orThrow();
              cpu.run(f.name(), 1).orThrow();
              for (String output : f.outputs().keySet()) {
                double e =
                    error(cpu.output(f.name(), output), reference.exactOutput(f.name(), output));
                errors.put(isa + " x" + threads + " " + f.name() + " " + output, e);
              }
            }
          }
        }
      }
    }
    assertThat(errors.values()).as("%s", errors).allSatisfy(e -> assertThat(e).isLessThan(SINGLE));
  }

  @ParameterizedTest
  @MethodSource("differentiable")
  void gradientsAgreeWithFiniteDifferences(Case c) {
    Program p = program(c);
    try (ReferenceSession s = Backends.reference().open(p, SessionOptions.seed(3))) {
      fill(p, c, s);
      s.run("gradient", 1);
      Map<String, double[]> gradients = new LinkedHashMap<>();
      for (int i : trained(c)) {
        gradients.put("x" + i, s.exactOutput("gradient", "d.x" + i));
      }
      gradients.forEach((name, g) -> differences(s, name, g));
    }
  }

  private static void differences(ReferenceSession s, String name, double[] gradient) {
    double[] x = new double[gradient.length];
    float[] start = s.read(name);
    double scale = 1e-3;
    for (int i = 0; i < x.length; i++) {
      x[i] = start[i];
      scale = Math.max(scale, Math.abs(gradient[i]));
    }
    double h = 1e-5;
    for (int i = 0; i < x.length; i += Math.max(1, x.length / 25)) {
      double at = x[i];
      x[i] = at + h;
      double up = loss(s, name, x);
      x[i] = at - h;
      double down = loss(s, name, x);
      x[i] = at;
      assertThat((up - down) / (2 * h))
          .as("d loss / d %s[%d]", name, i)
          .isCloseTo(gradient[i], org.assertj.core.data.Offset.offset(DIFFERENCES * scale));
    }
    s.writeExact(name, x);
  }

  private static double loss(ReferenceSession s, String name, double[] x) {
    s.writeExact(name, x);
    s.run("loss", 1);
    return s.exactOutput("loss", "loss")[0];
  }

  @Test
  void everyOperationHasACase() {
    Set<String> covered = new TreeSet<>();
    for (Case c : cases()) {
      program(c)
          .functions()
          .values()
          .forEach(f -> f.body().forEach(i -> covered.add(i.op().mnemonic())));
    }
    assertThat(covered).isEqualTo(new TreeSet<>(reprise.tensor.ir.Op.mnemonics()));
  }

  @Test
  void thisMachineRunsTheNativeBackend() {
    // Without a C compiler the build has no native library; then these tests cover nothing of it,
    // and this one says so.
    assertThat(CpuBackend.failure()).isEmpty();
    assertThat(CpuBackend.supported()).contains(InstructionSet.PORTABLE);
  }
}
