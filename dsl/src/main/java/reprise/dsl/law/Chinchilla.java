package reprise.dsl.law;

import java.util.List;
import reprise.dsl.unit.Counting;

/**
 * L(N, D) = E + A/N^alpha + B/D^beta: Hoffmann et al. 2022 (arXiv 2203.15556, eq. 2), "approach 3".
 *
 * <p>Evaluated as log L = LSE(a - alpha log N, b - beta log D, e) with a = log A, b = log B, e =
 * log E (their eq. 10). N and D in units of one; L in nats per token.
 *
 * @param counting what N counts; Hoffmann et al. include the embeddings
 */
public record Chinchilla(Counting counting) implements ComputeOptimal {
  private static final List<Constant> CONSTANTS =
      List.of(
          Constant.coefficient("A", "nats/token", "size of the model term at N = 1"),
          Constant.coefficient("B", "nats/token", "size of the data term at D = 1"),
          Constant.floor("E", "nats/token", "irreducible loss"),
          Constant.exponent("alpha", "power of N"),
          Constant.exponent("beta", "power of D"));

  @Override
  public String name() {
    return "chinchilla";
  }

  @Override
  public String formula() {
    return "L = E + A/N^alpha + B/D^beta";
  }

  @Override
  public String source() {
    return "Hoffmann et al. 2022, arXiv 2203.15556, eq. 2 and 10";
  }

  @Override
  public List<Constant> constants() {
    return CONSTANTS;
  }

  @Override
  public List<Input> inputs() {
    return List.of(Input.params(counting), Input.tokens());
  }

  /** The 4500 starts of section D.2: a, b over 0..25, e over -1..1, alpha, beta over 0..2. */
  @Override
  public StartGrid starts() {
    return StartGrid.of(
        Axis.range("A", 0, 25, 6),
        Axis.range("B", 0, 25, 6),
        Axis.range("E", -1, 1, 5),
        Axis.range("alpha", 0, 2, 5),
        Axis.range("beta", 0, 2, 5));
  }

  @Override
  public double logPrediction(double[] theta, double[] logInputs, int at) {
    double n = theta[0] - theta[3] * logInputs[at];
    double d = theta[1] - theta[4] * logInputs[at + 1];
    double e = theta[2];
    double max = Math.max(e, Math.max(n, d));
    return max + Math.log(Math.exp(n - max) + Math.exp(d - max) + Math.exp(e - max));
  }

  @Override
  public double logPrediction(double[] theta, double[] logInputs, int at, double[] gradient) {
    double logN = logInputs[at];
    double logD = logInputs[at + 1];
    double n = theta[0] - theta[3] * logN;
    double d = theta[1] - theta[4] * logD;
    double e = theta[2];
    double max = Math.max(e, Math.max(n, d));
    double en = n == max ? 1 : Math.exp(n - max);
    double ed = d == max ? 1 : Math.exp(d - max);
    double ee = e == max ? 1 : Math.exp(e - max);
    double sum = en + ed + ee;
    // d LSE / d term = softmax: the share of the term in L.
    double shareN = en / sum;
    double shareD = ed / sum;
    gradient[0] = shareN;
    gradient[1] = shareD;
    gradient[2] = ee / sum;
    gradient[3] = -shareN * logN;
    gradient[4] = -shareD * logD;
    return max + Math.log(sum);
  }

  @Override
  public List<Derived> derived() {
    return List.of(
        new Derived("a", "1", "beta/(alpha+beta)", c -> c[4] / (c[3] + c[4])),
        new Derived("b", "1", "alpha/(alpha+beta)", c -> c[3] / (c[3] + c[4])),
        new Derived("G", "1", "(alpha A/(beta B))^(1/(alpha+beta))", Chinchilla::scale));
  }

  /** N_opt = G (C/6)^a, D_opt = G^-1 (C/6)^b (their eq. 4). */
  @Override
  public Allocation allocate(double[] constants, double flops) {
    double a = constants[4] / (constants[3] + constants[4]);
    double g = scale(constants);
    double params = g * Math.pow(flops / 6, a);
    double tokens = Math.pow(flops / 6, 1 - a) / g;
    return new Allocation(flops, params, tokens, predict(constants, params, tokens));
  }

  // G = (alpha A / (beta B))^(1/(alpha+beta))
  private static double scale(double[] c) {
    return Math.pow(c[3] * c[0] / (c[4] * c[1]), 1 / (c[3] + c[4]));
  }
}
