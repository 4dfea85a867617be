package reprise.dsl.law;

import java.util.List;

/**
 * L(C, M) = E + (a M^eta + b M^-eta) C^-eta, M = D/N tokens per parameter: Gadre et al. 2024 (arXiv
 * 2403.08540, eq. 4). A Chinchilla law with alpha = beta = 2 eta, written for over-training.
 */
public record OverTraining() implements ComputeOptimal {
  private static final List<Constant> CONSTANTS =
      List.of(
          Constant.coefficient("a", "nats/token", "size of the model term"),
          Constant.coefficient("b", "nats/token", "size of the data term"),
          Constant.floor("E", "nats/token", "irreducible loss"),
          Constant.exponent("eta", "power of C"));

  @Override
  public String name() {
    return "overtraining";
  }

  @Override
  public String formula() {
    return "L = E + (a M^eta + b M^-eta) C^-eta";
  }

  @Override
  public String source() {
    return "Gadre et al. 2024, arXiv 2403.08540, eq. 4";
  }

  @Override
  public List<Constant> constants() {
    return CONSTANTS;
  }

  @Override
  public List<Input> inputs() {
    return List.of(Input.flops(), new Input("M", "tokens per parameter"));
  }

  @Override
  public StartGrid starts() {
    return StartGrid.of(
        Axis.range("a", 0, 12, 5),
        Axis.range("b", 0, 12, 5),
        Axis.of("E", -1, 0, 1),
        Axis.of("eta", .1, .2, .3));
  }

  @Override
  public double logPrediction(double[] theta, double[] logInputs, int at) {
    return logPrediction(theta, logInputs, at, new double[4]);
  }

  @Override
  public double logPrediction(double[] theta, double[] logInputs, int at, double[] gradient) {
    double up = logInputs[at + 1] - logInputs[at]; // log(M/C)
    double down = -logInputs[at + 1] - logInputs[at]; // log(1/(M C))
    double a = theta[0] + theta[3] * up;
    double b = theta[1] + theta[3] * down;
    double max = Math.max(theta[2], Math.max(a, b));
    double ea = Math.exp(a - max);
    double eb = Math.exp(b - max);
    double ee = Math.exp(theta[2] - max);
    double sum = ea + eb + ee;
    gradient[0] = ea / sum;
    gradient[1] = eb / sum;
    gradient[2] = ee / sum;
    gradient[3] = (ea * up + eb * down) / sum;
    return max + Math.log(sum);
  }

  /** M = (b/a)^(1/(2 eta)), where the derivative of a M^eta + b M^-eta is 0; N = sqrt(C/(6 M)). */
  @Override
  public Allocation allocate(double[] constants, double flops) {
    double m = Math.pow(constants[1] / constants[0], 1 / (2 * constants[3]));
    double params = Math.sqrt(flops / (6 * m));
    return new Allocation(flops, params, m * params, predict(constants, flops, m));
  }
}
