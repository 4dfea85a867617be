package reprise.dsl.law;

import java.util.List;
import java.util.Objects;

/**
 * L(x) = (x_c/x)^alpha: Kaplan et al. 2020 (arXiv 2001.08361, eq. 1.1 to 1.3), for N, D or C alone.
 *
 * <p>log L = alpha (log x_c - log x). The optimiser moves k = alpha log x_c, so that the fit is a
 * straight line; {@link #constants(double[])} gives x_c.
 *
 * @param input what x is; Kaplan et al. count parameters without embeddings
 */
public record PowerLaw(Input input) implements Law {
  private static final List<Constant> CONSTANTS =
      List.of(
          Constant.coefficient("x_c", "as the input", "where the line reaches L = 1"),
          Constant.exponent("alpha", "power of x"));

  public PowerLaw {
    Objects.requireNonNull(input, "input");
  }

  @Override
  public String name() {
    return "power-law";
  }

  @Override
  public String formula() {
    return "L = (x_c/" + input.name() + ")^alpha";
  }

  @Override
  public String source() {
    return "Kaplan et al. 2020, arXiv 2001.08361, eq. 1.1";
  }

  @Override
  public List<Constant> constants() {
    return CONSTANTS;
  }

  @Override
  public List<Input> inputs() {
    return List.of(input);
  }

  /** One start: the objective is convex. */
  @Override
  public StartGrid starts() {
    return StartGrid.of(Axis.of("x_c", 2), Axis.of("alpha", .1));
  }

  @Override
  public double[] constants(double[] theta) {
    return new double[] {Math.exp(theta[0] / theta[1]), theta[1]};
  }

  @Override
  public double[] theta(double... constants) {
    return new double[] {constants[1] * Math.log(constants[0]), constants[1]};
  }

  @Override
  public double logPrediction(double[] theta, double[] logInputs, int at) {
    return theta[0] - theta[1] * logInputs[at];
  }

  @Override
  public double logPrediction(double[] theta, double[] logInputs, int at, double[] gradient) {
    gradient[0] = 1;
    gradient[1] = -logInputs[at];
    return theta[0] - theta[1] * logInputs[at];
  }
}
