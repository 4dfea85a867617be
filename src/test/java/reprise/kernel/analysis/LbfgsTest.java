package reprise.kernel.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.github.lbfgs4j.LbfgsMinimizer;
import com.github.lbfgs4j.liblbfgs.Function;
import com.github.lbfgs4j.liblbfgs.LbfgsConstant;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reprise.dsl.law.FitPlan;
import reprise.dsl.law.Laws;
import reprise.kernel.analysis.Minimum.Stop;

@Tag("unit")
class LbfgsTest {
  // sum 100 (x_{i+1} - x_i^2)^2 + (1 - x_i)^2, minimum 0 at (1, .., 1)
  private static double rosenbrock(double[] x, double[] g) {
    Arrays.fill(g, 0);
    double f = 0;
    for (int i = 0; i + 1 < x.length; i++) {
      double a = x[i + 1] - x[i] * x[i];
      double b = 1 - x[i];
      f += 100 * a * a + b * b;
      g[i] += -400 * x[i] * a - 2 * b;
      g[i + 1] += 200 * a;
    }
    return f;
  }

  private static double[] lbfgs4j(Smooth f, double[] start) {
    var function =
        new Function() {
          @Override
          public int getDimension() {
            return start.length;
          }

          @Override
          public double valueAt(double[] x) {
            return f.at(x, new double[x.length]);
          }

          @Override
          public double[] gradientAt(double[] x) {
            double[] g = new double[x.length];
            f.at(x, g);
            return g;
          }
        };
    var parameters =
        new LbfgsConstant.LBFGS_Param(com.github.lbfgs4j.liblbfgs.Lbfgs.defaultParams());
    parameters.epsilon = 1e-10; // of the gradient, relative to |x|
    return new LbfgsMinimizer(parameters, false).minimize(function, start.clone());
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 10, 50})
  void findsRosenbrocksMinimumLikeLbfgs4j(int dimension) {
    double[] start = new double[dimension];
    for (int i = 0; i < dimension; i++) {
      start[i] = i % 2 == 0 ? -1.2 : 1;
    }
    Minimum ours = Lbfgs.TIGHT.minimise(LbfgsTest::rosenbrock, start);
    double[] theirs = lbfgs4j(LbfgsTest::rosenbrock, start);
    assertThat(ours.stop()).isIn(Stop.GRADIENT, Stop.DECREASE);
    assertThat(ours.x()).containsExactly(theirs, within(1e-6));
    assertThat(ours.gradientNorm()).isLessThan(1e-8);
  }

  @Test
  void agreesWithLbfgs4jOnTheChinchillaObjective() {
    var f = new Residuals(FitPlan.of(Laws.CHINCHILLA, FitBench.points()), 1e-3, 1e-6);
    double[] start = Laws.CHINCHILLA.theta(400, 400, 1.7, .34, .28);
    Minimum ours = Lbfgs.TIGHT.minimise(f, start);
    double theirs = f.at(lbfgs4j(f, start), new double[5]);
    assertThat(ours.value()).isCloseTo(theirs, within(1e-7 * theirs));
    assertThat(ours.value()).isLessThanOrEqualTo(theirs * (1 + 1e-12));
  }

  @Test
  void solvesAnIllConditionedQuadratic() {
    // f = 1/2 sum c_i (x_i - i)^2 with c from 1 to 1e6
    Smooth f =
        (x, g) -> {
          double sum = 0;
          for (int i = 0; i < x.length; i++) {
            double c = Math.pow(10, i);
            g[i] = c * (x[i] - i);
            sum += .5 * c * (x[i] - i) * (x[i] - i);
          }
          return sum;
        };
    Minimum m = Lbfgs.TIGHT.minimise(f, new double[7]);
    for (int i = 0; i < 7; i++) {
      assertThat(m.x()[i]).isCloseTo(i, within(1e-7));
    }
  }

  @Test
  void stepsBackFromWhereTheFunctionIsNotFinite() {
    // x - log x, infinite for x <= 0; minimum at 1. From .01 the first steps overshoot downwards.
    Smooth f =
        (x, g) -> {
          g[0] = 1 - 1 / x[0];
          return x[0] > 0 ? x[0] - Math.log(x[0]) : Double.NaN;
        };
    assertThat(Lbfgs.TIGHT.minimise(f, new double[] {30}).x()[0]).isCloseTo(1, within(1e-7));
    assertThat(Lbfgs.TIGHT.minimise(f, new double[] {.01}).x()[0]).isCloseTo(1, within(1e-7));
  }

  @Test
  void saysWhyItStopped() {
    Smooth hill =
        (x, g) -> {
          g[0] = Double.NaN;
          return Double.NaN;
        };
    assertThat(Lbfgs.TIGHT.minimise(hill, new double[1]).stop()).isEqualTo(Stop.NOT_FINITE);
    Minimum cut = new Lbfgs(10, 3, 1e-9, 1e-14, 0).minimise(LbfgsTest::rosenbrock, start());
    assertThat(cut.stop()).isEqualTo(Stop.ITERATIONS);
    assertThat(cut.iterations()).isEqualTo(3);
    Minimum loose = new Lbfgs(10, 500, 1e-9, .9, 0).minimise(LbfgsTest::rosenbrock, start());
    assertThat(loose.stop()).isEqualTo(Stop.DECREASE);
    assertThat(loose.value()).isGreaterThan(1e-3);
    assertThat(Lbfgs.TIGHT.minimise(LbfgsTest::rosenbrock, new double[] {1, 1}).stop())
        .isEqualTo(Stop.GRADIENT);
  }

  private static double[] start() {
    return new double[] {-1.2, 1};
  }
}
