package reprise.dsl.law;

import java.util.List;
import reprise.dsl.unit.Counting;

/**
 * L(N, D) = [(N_c/N)^(alpha_N/alpha_D) + D_c/D]^alpha_D: Kaplan et al. 2020 (arXiv 2001.08361, eq.
 * 1.5; constants in their Table 2). N without embeddings.
 */
public record Kaplan() implements ComputeOptimal {
  private static final List<Constant> CONSTANTS =
      List.of(
          Constant.coefficient("N_c", "parameters", "scale of the model term"),
          Constant.coefficient("D_c", "tokens", "scale of the data term"),
          Constant.exponent("alpha_N", "power of N"),
          Constant.exponent("alpha_D", "power of D"));

  @Override
  public String name() {
    return "kaplan";
  }

  @Override
  public String formula() {
    return "L = [(N_c/N)^(alpha_N/alpha_D) + D_c/D]^alpha_D";
  }

  @Override
  public String source() {
    return "Kaplan et al. 2020, arXiv 2001.08361, eq. 1.5";
  }

  @Override
  public List<Constant> constants() {
    return CONSTANTS;
  }

  @Override
  public List<Input> inputs() {
    return List.of(Input.params(Counting.NON_EMBEDDING), Input.tokens());
  }

  @Override
  public StartGrid starts() {
    return StartGrid.of(
        Axis.range("N_c", 10, 45, 8),
        Axis.range("D_c", 10, 45, 8),
        Axis.of("alpha_N", .05, .1, .3),
        Axis.of("alpha_D", .05, .1, .3));
  }

  @Override
  public double logPrediction(double[] theta, double[] logInputs, int at) {
    double n = theta[2] / theta[3] * (theta[0] - logInputs[at]);
    double d = theta[1] - logInputs[at + 1];
    double max = Math.max(n, d);
    return theta[3] * (max + Math.log(Math.exp(n - max) + Math.exp(d - max)));
  }

  @Override
  public double logPrediction(double[] theta, double[] logInputs, int at, double[] gradient) {
    double ratio = theta[2] / theta[3];
    double n = ratio * (theta[0] - logInputs[at]);
    double d = theta[1] - logInputs[at + 1];
    double max = Math.max(n, d);
    double en = Math.exp(n - max);
    double ed = Math.exp(d - max);
    double lse = max + Math.log(en + ed);
    double share = en / (en + ed);
    // log L = alpha_D lse; n = (alpha_N/alpha_D)(log N_c - log N)
    gradient[0] = theta[3] * share * ratio;
    gradient[1] = theta[3] * (1 - share);
    gradient[2] = share * (theta[0] - logInputs[at]);
    gradient[3] = lse - share * n;
    return theta[3] * lse;
  }

  /**
   * N_opt = (r N_c^r C/(6 D_c))^(1/(1+r)), r = alpha_N/alpha_D, where the derivative of (N_c/N)^r +
   * 6 N D_c/C is 0. At convergence only: the law knows nothing of the number of steps, so this is
   * not the paper's C_min.
   */
  @Override
  public Allocation allocate(double[] constants, double flops) {
    double r = constants[2] / constants[3];
    double log = Math.log(r) + r * Math.log(constants[0]) + Math.log(flops / 6 / constants[1]);
    double params = Math.exp(log / (1 + r));
    double tokens = flops / (6 * params);
    return new Allocation(flops, params, tokens, predict(constants, params, tokens));
  }
}
