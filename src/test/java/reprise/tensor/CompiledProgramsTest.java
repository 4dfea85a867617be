package reprise.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reprise.tensor.cpu.CpuBackend;
import reprise.tensor.ir.Dump;
import reprise.tensor.ir.Pipeline;
import reprise.tensor.ir.Program;
import reprise.tensor.ir.ProgramFunction;
import reprise.tensor.ir.ProgramText;
import reprise.tensor.reference.ReferenceSession;

/** What passes make computes the same: in bits where the pass promises it, else to a tolerance. */
@Tag("backend")
class CompiledProgramsTest {
  static List<SecondDerivativesTest.Net> nets() {
    return SecondDerivativesTest.nets();
  }

  private static float[] run(Pipeline pipeline, int threads, Program p) {
    SessionOptions options = SessionOptions.seed(3).threads(threads);
    try (Session s = CpuBackend.best().passes(pipeline).open(p, options)) {
      SecondDerivativesTest.fill(p, s, 8);
      s.run("product", 1).orThrow();
      ProgramFunction f = p.function("product");
      float[] all = {};
      for (String o : f.outputs().keySet()) {
        float[] y = s.output("product", o);
        int old = all.length;
        all = java.util.Arrays.copyOf(all, old + y.length);
        System.arraycopy(y, 0, all, old, y.length);
      }
      return all;
    }
  }

  @ParameterizedTest
  @MethodSource("nets")
  void chainsAndOrdersKeepEveryBit(SecondDerivativesTest.Net net) {
    Program p = SecondDerivativesTest.withProducts(net);
    float[] single = run(Pipeline.parse("-chains,-reorder"), 1, p);
    assertThat(run(Pipeline.parse("-reorder"), 1, p)).containsExactly(single);
    assertThat(run(Pipeline.standard(), 1, p)).containsExactly(single);
    assertThat(run(Pipeline.standard(), 3, p)).containsExactly(single);
  }

  @ParameterizedTest
  @MethodSource("nets")
  void theReferenceAgreesOnCompiledPrograms(SecondDerivativesTest.Net net) {
    Program p = SecondDerivativesTest.withProducts(net);
    Program q = Pipeline.standard().compile(p, Dump.none());
    assertThat(ProgramText.parse(q.toString())).isEqualTo(q);
    assertThat(q.states()).isEqualTo(p.states());
    assertThat(q.function("product").body().size()).isLessThan(p.function("product").body().size());
    try (ReferenceSession a = Backends.reference().open(p, SessionOptions.seed(3));
        ReferenceSession b = Backends.reference().open(q, SessionOptions.seed(3))) {
      SecondDerivativesTest.fill(p, a, 8);
      SecondDerivativesTest.fill(q, b, 8);
      a.run("product", 1).orThrow();
      b.run("product", 1).orThrow();
      for (String o : p.function("product").outputs().keySet()) {
        double[] expected = a.exactOutput("product", o);
        double[] got = b.exactOutput("product", o);
        double scale = 1e-12;
        for (double x : expected) {
          scale = Math.max(scale, Math.abs(x));
        }
        for (int i = 0; i < got.length; i++) {
          assertThat(Math.abs(got[i] - expected[i])).isLessThan(1e-11 * scale);
        }
      }
    }
  }

  /** Chains over blocks, threads and periods that do not divide, with results in place. */
  @Test
  void longChainsKeepEveryBit() {
    Program p =
        Program.builder("p")
            .parameter("x", 37, 1021)
            .parameter("y", 37, 1021)
            .parameter("row", 1021)
            .parameter("column", 37)
            .function(
                "product",
                f -> {
                  var x = f.read("x");
                  var wide = f.read("column").expand(1, 1021);
                  var z = x.mul(wide).add(f.read("row")).tanh();
                  var y = z.mul(f.read("y")).sub(wide).silu();
                  f.output("y", y.affine(0.5, 1)).update("x", z.square().sub(x));
                })
            .build();
    float[] single = run(Pipeline.none(), 1, p);
    for (int threads = 1; threads <= 3; threads++) {
      assertThat(run(Pipeline.standard(), threads, p)).containsExactly(single);
    }
  }
}
