package reprise.dsl.law;

import java.util.List;
import reprise.dsl.unit.Counting;

/**
 * L(N, S) = (N_c/N)^alpha_N + (S_c/S)^alpha_S: Kaplan et al. 2020 (arXiv 2001.08361, eq. 1.6;
 * constants in their Table 3), the loss along a run. N without embeddings, S the steps it would
 * take at a batch far above the critical one.
 *
 * <p>The optimiser moves k = alpha log c for both terms, so that each is exp(k - alpha log x);
 * {@link #constants(double[])} gives N_c and S_c.
 */
public record KaplanSteps() implements Law {
  private static final List<Constant> CONSTANTS =
      List.of(
          Constant.coefficient("N_c", "parameters", "scale of the model term"),
          Constant.coefficient("S_c", "steps", "scale of the training term"),
          Constant.exponent("alpha_N", "power of N"),
          Constant.exponent("alpha_S", "power of S"));

  @Override
  public String name() {
    return "kaplan-steps";
  }

  @Override
  public String formula() {
    return "L = (N_c/N)^alpha_N + (S_c/S)^alpha_S";
  }

  @Override
  public String source() {
    return "Kaplan et al. 2020, arXiv 2001.08361, eq. 1.6";
  }

  @Override
  public List<Constant> constants() {
    return CONSTANTS;
  }

  @Override
  public List<Input> inputs() {
    return List.of(
        Input.params(Counting.NON_EMBEDDING), new Input("S", "optimiser steps at a large batch"));
  }

  @Override
  public StartGrid starts() {
    return StartGrid.of(
        Axis.of("N_c", .5, 2, 5, 10),
        Axis.of("S_c", 1, 4, 8, 16),
        Axis.of("alpha_N", .05, .1, .3),
        Axis.of("alpha_S", .3, .7, 1.2));
  }

  @Override
  public double[] constants(double[] theta) {
    return new double[] {
      Math.exp(theta[0] / theta[2]), Math.exp(theta[1] / theta[3]), theta[2], theta[3]
    };
  }

  @Override
  public double[] theta(double... constants) {
    if (constants.length != CONSTANTS.size()) {
      throw new IllegalArgumentException(
          "kaplan-steps has 4 constants " + constantNames() + ", got " + constants.length);
    }
    return new double[] {
      constants[2] * Math.log(constants[0]),
      constants[3] * Math.log(constants[1]),
      constants[2],
      constants[3]
    };
  }

  @Override
  public double logPrediction(double[] theta, double[] logInputs, int at) {
    double n = theta[0] - theta[2] * logInputs[at];
    double s = theta[1] - theta[3] * logInputs[at + 1];
    double max = Math.max(n, s);
    return max + Math.log(Math.exp(n - max) + Math.exp(s - max));
  }

  @Override
  public double logPrediction(double[] theta, double[] logInputs, int at, double[] gradient) {
    double n = theta[0] - theta[2] * logInputs[at];
    double s = theta[1] - theta[3] * logInputs[at + 1];
    double max = Math.max(n, s);
    double en = Math.exp(n - max);
    double es = Math.exp(s - max);
    double share = en / (en + es);
    gradient[0] = share;
    gradient[1] = 1 - share;
    gradient[2] = -share * logInputs[at];
    gradient[3] = -(1 - share) * logInputs[at + 1];
    return max + Math.log(en + es);
  }
}
