package reprise.tensor.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.tensor.Backends;
import reprise.tensor.Session;
import reprise.tensor.SessionOptions;
import reprise.tensor.ir.FunctionBuilder;
import reprise.tensor.ir.Passes;
import reprise.tensor.ir.Program;
import reprise.tensor.ir.RandomOp;
import reprise.tensor.ir.State;
import reprise.tensor.ir.TensorType;
import reprise.tensor.ir.Value;

/** Eigenvalues, trace and density against the dense Hessian of a small net. */
@Tag("backend")
class CurvatureTest {
  private static final List<String> PARAMETERS = List.of("a", "b");
  private static final int BATCHES = 3;
  private static final int SIZE = 4 * 5 + 5 * 3;

  /** A tanh network; with several batches, step i of a call takes the i-th block of the data. */
  private static Program program(boolean batched) {
    return Program.builder("net")
        .state("x", TensorType.f32(BATCHES, 8 * 4), State.Kind.DATA)
        .state("targets", TensorType.f32(BATCHES, 8 * 3), State.Kind.DATA)
        .parameter("a", 4, 5)
        .parameter("b", 5, 3)
        .function("loss", f -> f.output("loss", loss(f, batched)))
        .build();
  }

  private static Value loss(FunctionBuilder f, boolean batched) {
    Value x = f.read("x");
    Value t = f.read("targets");
    int rows = 8 * BATCHES;
    if (batched) {
      Value step = f.apply(new RandomOp.CallStep()).reshape(1);
      x = x.gather(step);
      t = t.gather(step);
      rows = 8;
    }
    Value y = x.reshape(rows, 4).matmul(f.read("a")).tanh().matmul(f.read("b"));
    return y.sub(t.reshape(rows, 3)).square().mean();
  }

  private static void fill(Session s) {
    Random random = new Random(5);
    for (State state : s.program().states().values()) {
      if (!state.name().startsWith("curvature.") && !state.name().startsWith("v/")) {
        float[] x = new float[state.type().size()];
        for (int i = 0; i < x.length; i++) {
          x[i] = (float) random.nextGaussian();
        }
        s.write(state.name(), x);
      }
    }
  }

  /** The Hessian of the whole loss in double, by rows. */
  private static double[][] hessian() {
    Program p = Passes.hessianVector(program(false), "loss", "loss", "hv", PARAMETERS);
    double[][] h = new double[SIZE][];
    try (var s = Backends.reference().open(p, SessionOptions.seed(1))) {
      fill(s);
      for (int i = 0; i < SIZE; i++) {
        float[] a = new float[20];
        float[] b = new float[15];
        (i < 20 ? a : b)[i % 20] = 1;
        s.write("v/a", a);
        s.write("v/b", b);
        s.run("hv", 1).orThrow();
        h[i] = new double[SIZE];
        System.arraycopy(s.exactOutput("hv", "Hv/a"), 0, h[i], 0, 20);
        System.arraycopy(s.exactOutput("hv", "Hv/b"), 0, h[i], 20, 15);
      }
    }
    return h;
  }

  /** Eigenvalues of a symmetric matrix by cyclic Jacobi rotations. */
  private static double[] eigenvalues(double[][] m) {
    int n = m.length;
    for (int sweep = 0; sweep < 60; sweep++) {
      for (int p = 0; p < n; p++) {
        for (int q = p + 1; q < n; q++) {
          if (m[p][q] == 0) {
            continue;
          }
          double theta = (m[q][q] - m[p][p]) / (2 * m[p][q]);
          double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.hypot(theta, 1));
          double c = 1 / Math.hypot(t, 1);
          double s = t * c;
          for (int k = 0; k < n; k++) {
            double x = m[k][p];
            double y = m[k][q];
            m[k][p] = c * x - s * y;
            m[k][q] = s * x + c * y;
          }
          for (int k = 0; k < n; k++) {
            double x = m[p][k];
            double y = m[q][k];
            m[p][k] = c * x - s * y;
            m[q][k] = s * x + c * y;
          }
        }
      }
    }
    double[] d = new double[n];
    for (int i = 0; i < n; i++) {
      d[i] = m[i][i];
    }
    java.util.Arrays.sort(d);
    return d;
  }

  private interface Body {
    void run(Curvature c, Session s);
  }

  /** On the native backend, over the data at once and in batches. */
  private static void bothWays(Body body) {
    for (boolean batched : new boolean[] {false, true}) {
      Curvature c =
          Curvature.of("loss", "loss", PARAMETERS)
              .batches(batched ? BATCHES : 1)
              .lanczosSteps(SIZE);
      try (Session s = Backends.best().open(c.extend(program(batched)), SessionOptions.seed(11))) {
        fill(s);
        body.run(c, s);
      }
    }
  }

  @Test
  void theLargestEigenvalue() {
    double[] exact = eigenvalues(hessian());
    bothWays((c, s) -> {
      Eigenvalue e = c.largest(s, 400, 1e-4);
      assertThat(e.value()).isCloseTo(exact[SIZE - 1], Percentage.withPercentage(0.1));
      assertThat(e.residual()).isLessThanOrEqualTo(1e-4 * e.value());
      assertThat(e.iterations()).isBetween(16, 399);
      assertThat(c.largest(s, 16, 0).iterations()).isEqualTo(16);
    });
  }

  @Test
  void theTrace() {
    double exact = java.util.Arrays.stream(eigenvalues(hessian())).sum();
    bothWays((c, s) -> {
      Trace t = c.trace(s, 3000);
      assertThat(t.probes()).isEqualTo(3000);
      assertThat(t.value()).isCloseTo(exact, Percentage.withPercentage(1));
      assertThat(Math.abs(t.value() - exact)).isLessThan(3 * t.standardError());
    });
  }

  @Test
  void theDensity() {
    double[] exact = eigenvalues(hessian());
    double width = exact[SIZE - 1] - exact[0];
    bothWays((c, s) -> {
      Spectrum one = c.spectrum(s, 1);
      assertThat(one.largest()).isCloseTo(exact[SIZE - 1], Offset.offset(1e-4 * width));
      assertThat(one.smallest()).isCloseTo(exact[0], Offset.offset(1e-4 * width));
      assertThat(one.moment(0)).isCloseTo(1, Offset.offset(1e-9));
      if (c.batches() > 1) {
        return;
      }
      Spectrum many = c.spectrum(s, 1000);
      double peak = 0;
      double worst = 0;
      double deviation = width / 20;
      for (int i = 0; i <= 50; i++) {
        double x = exact[0] + width * i / 50;
        double expected = 0;
        for (double lambda : exact) {
          double z = (x - lambda) / deviation;
          expected += Math.exp(-z * z / 2) / (deviation * Math.sqrt(2 * Math.PI) * SIZE);
        }
        peak = Math.max(peak, expected);
        worst = Math.max(worst, Math.abs(many.density(x, deviation) - expected));
      }
      assertThat(worst).isLessThan(0.01 * peak);
    });
  }

  @Test
  void exhaustedSpacesAreCut() {
    // diag(2, 5) from Lanczos on three steps of a two-dimensional space
    Tridiagonal t = Tridiagonal.of(new double[] {3.5, 3.5, 9}, new double[] {1.5, 1e-9, 4});
    assertThat(java.util.Arrays.stream(t.values()).sorted().toArray())
        .containsExactly(new double[] {2, 5}, Offset.offset(1e-12));
    assertThat(t.weights()).containsExactly(new double[] {.5, .5}, Offset.offset(1e-12));
  }

  @Test
  void senselessRequestsAreRefused() {
    assertThatThrownBy(() -> Curvature.of("loss", "loss", PARAMETERS).batches(0))
        .hasMessageContaining("batches >= 1 and Lanczos steps >= 1, got [a, b], 0, 32");
    assertThatThrownBy(() -> Curvature.of("loss", "nope", PARAMETERS).extend(program(false)))
        .hasMessage("function loss has no output 'nope'; it has [loss]");
  }
}
