package reprise.dsl.law;

import java.util.List;

/**
 * The share A of neurons that fire after D tokens: Luo et al. 2024, "Sparsing Law" (arXiv
 * 2411.02335, eq. 4 and 5). Falling with ReLU, A = exp(b - c D^alpha) + A_0; rising with SiLU, A =
 * A_0 - c/D^alpha. D in 10^9 tokens.
 *
 * <p>Fitted by least squares of A itself, as they do with Levenberg and Marquardt's method.
 */
public sealed interface Sparsing extends Law {
  /** With ReLU the share falls towards A_0. */
  record Relu() implements Sparsing {
    @Override
    public String name() {
      return "sparsing";
    }

    @Override
    public String formula() {
      return "A = exp(b - c D9^alpha) + A_0";
    }

    @Override
    public List<Constant> constants() {
      return List.of(
          Constant.coefficient("c", "1", "speed of the fall"),
          new Constant("b", "1", "log of A - A_0 at D = 0", Link.IDENTITY, Constant.Role.EXPONENT),
          Constant.floor("A_0", "1", "share that fires in the limit"),
          Constant.exponent("alpha", "power of D"));
    }

    @Override
    public StartGrid starts() {
      return StartGrid.of(
          Axis.range("c", -10, 0, 6),
          Axis.of("b", -4, -2, 0),
          Axis.of("A_0", -4, -3, -2),
          Axis.of("alpha", .2, .5, 1, 1.5));
    }

    @Override
    public double logPrediction(double[] theta, double[] logInputs, int at, double[] gradient) {
      double power = Math.exp(theta[3] * logInputs[at]);
      double c = Math.exp(theta[0]);
      double term = theta[1] - c * power;
      double max = Math.max(term, theta[2]);
      double falling = Math.exp(term - max);
      double floor = Math.exp(theta[2] - max);
      double share = falling / (falling + floor);
      gradient[0] = -share * c * power;
      gradient[1] = share;
      gradient[2] = 1 - share;
      gradient[3] = -share * c * power * logInputs[at];
      return max + Math.log(falling + floor);
    }
  }

  /** With SiLU the share rises towards A_0. */
  record Silu() implements Sparsing {
    @Override
    public String name() {
      return "sparsing-silu";
    }

    @Override
    public String formula() {
      return "A = A_0 - c/D9^alpha";
    }

    @Override
    public List<Constant> constants() {
      return List.of(
          Constant.coefficient("c", "1", "share missing at D = 10^9"),
          Constant.floor("A_0", "1", "share that fires in the limit"),
          Constant.exponent("alpha", "power of D"));
    }

    @Override
    public StartGrid starts() {
      return StartGrid.of(
          Axis.range("c", -8, -3, 6), Axis.of("A_0", -2, -1, 0), Axis.of("alpha", .2, .5, 1, 1.5));
    }

    @Override
    public double logPrediction(double[] theta, double[] logInputs, int at, double[] gradient) {
      double limit = Math.exp(theta[1]);
      double missing = Math.exp(theta[0] - theta[2] * logInputs[at]);
      double ratio = limit - missing;
      gradient[0] = -missing / ratio;
      gradient[1] = limit / ratio;
      gradient[2] = missing * logInputs[at] / ratio;
      return Math.log(ratio); // NaN where the formula is not positive: no minimum lies there
    }
  }

  @Override
  default String source() {
    return "Luo et al. 2024, arXiv 2411.02335, eq. 4 and 5";
  }

  @Override
  default String output() {
    return "ratio";
  }

  @Override
  default List<Input> inputs() {
    return List.of(new Input("D9", "10^9 training tokens"));
  }

  @Override
  default Objective objective() {
    return Objective.squared().onRawLoss();
  }

  @Override
  default double logPrediction(double[] theta, double[] logInputs, int at) {
    return logPrediction(theta, logInputs, at, new double[4]);
  }
}
