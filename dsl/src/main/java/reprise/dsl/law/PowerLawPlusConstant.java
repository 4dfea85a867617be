package reprise.dsl.law;

import java.util.List;
import java.util.Objects;

/**
 * L(x) = E + A/x^alpha: Henighan et al. 2020 (arXiv 2010.14701, eq. 1.1), who write L_inf +
 * (x0/x)^alpha, so A = x0^alpha.
 *
 * @param input what x is
 */
public record PowerLawPlusConstant(Input input) implements Law {
  private static final List<Constant> CONSTANTS =
      List.of(
          Constant.coefficient("A", "as the loss", "size of the reducible loss at x = 1"),
          Constant.floor("E", "as the loss", "irreducible loss"),
          Constant.exponent("alpha", "power of x"));

  public PowerLawPlusConstant {
    Objects.requireNonNull(input, "input");
  }

  @Override
  public String name() {
    return "powerlaw-plus-constant";
  }

  @Override
  public String formula() {
    return "L = E + A/" + input.name() + "^alpha";
  }

  @Override
  public String source() {
    return "Henighan et al. 2020, arXiv 2010.14701, eq. 1.1";
  }

  @Override
  public List<Constant> constants() {
    return CONSTANTS;
  }

  @Override
  public List<Input> inputs() {
    return List.of(input);
  }

  @Override
  public StartGrid starts() {
    return StartGrid.of(
        Axis.range("A", -5, 25, 13), Axis.range("E", -4, 2, 7), Axis.of("alpha", .05, .2, .5, 1));
  }

  @Override
  public double logPrediction(double[] theta, double[] logInputs, int at) {
    double term = theta[0] - theta[2] * logInputs[at];
    double max = Math.max(term, theta[1]);
    return max + Math.log(Math.exp(term - max) + Math.exp(theta[1] - max));
  }

  @Override
  public double logPrediction(double[] theta, double[] logInputs, int at, double[] gradient) {
    double term = theta[0] - theta[2] * logInputs[at];
    double max = Math.max(term, theta[1]);
    double power = Math.exp(term - max);
    double floor = Math.exp(theta[1] - max);
    double share = power / (power + floor);
    gradient[0] = share;
    gradient[1] = 1 - share;
    gradient[2] = -share * logInputs[at];
    return max + Math.log(power + floor);
  }
}
