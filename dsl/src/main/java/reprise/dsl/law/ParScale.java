package reprise.dsl.law;

import java.util.List;
import reprise.dsl.unit.Counting;

/**
 * L(N, P) = E + (A/(N (k ln P + 1)))^alpha: Chen et al. 2025, "Parallel Scaling Law" (arXiv
 * 2505.10475, eq. 5). P parallel streams act like k ln P + 1 times the parameters. N without
 * embeddings, in units of one (their code counts A in 10^9).
 */
public record ParScale() implements Law {
  private static final List<Constant> CONSTANTS =
      List.of(
          Constant.coefficient("A", "parameters", "size at which the model term is 1"),
          Constant.floor("E", "nats/token", "irreducible loss"),
          Constant.exponent("alpha", "power of N"),
          Constant.scale("k", "1", "gain per e-fold of streams"));

  @Override
  public String name() {
    return "parscale";
  }

  @Override
  public String formula() {
    return "L = E + (A/(N (k ln P + 1)))^alpha";
  }

  @Override
  public String source() {
    return "Chen et al. 2025, arXiv 2505.10475, eq. 5";
  }

  @Override
  public List<Constant> constants() {
    return CONSTANTS;
  }

  @Override
  public List<Input> inputs() {
    return List.of(Input.params(Counting.NON_EMBEDDING), new Input("P", "parallel streams"));
  }

  /** What 8 streams are worth: k ln 8 + 1. */
  @Override
  public List<Derived> derived() {
    return List.of(
        new Derived(
            "8 streams", "times the parameters", "k ln 8 + 1", c -> c[3] * Math.log(8) + 1));
  }

  /** Their grid, with alpha from .1 since at 0 nothing depends on N. */
  @Override
  public StartGrid starts() {
    double billion = Math.log(1e9);
    return StartGrid.of(
        Axis.range("A", billion - 4, billion + 4, 5),
        Axis.of("E", -1, -.5, 0),
        Axis.of("alpha", .1, .5, 1, 1.5, 2),
        Axis.of("k", Math.log(.2), Math.log(.4), Math.log(.6), Math.log(.8)));
  }

  @Override
  public double logPrediction(double[] theta, double[] logInputs, int at) {
    double gain = Math.exp(theta[3]) * logInputs[at + 1] + 1;
    double term = theta[2] * (theta[0] - logInputs[at] - Math.log(gain));
    double max = Math.max(term, theta[1]);
    return max + Math.log(Math.exp(term - max) + Math.exp(theta[1] - max));
  }

  @Override
  public double logPrediction(double[] theta, double[] logInputs, int at, double[] gradient) {
    double kLogP = Math.exp(theta[3]) * logInputs[at + 1];
    double base = theta[0] - logInputs[at] - Math.log(kLogP + 1);
    double term = theta[2] * base;
    double max = Math.max(term, theta[1]);
    double power = Math.exp(term - max);
    double floor = Math.exp(theta[1] - max);
    double share = power / (power + floor);
    gradient[0] = share * theta[2];
    gradient[1] = 1 - share;
    gradient[2] = share * base;
    gradient[3] = -share * theta[2] * kLogP / (kLogP + 1); // d base / d log k
    return max + Math.log(power + floor);
  }
}
