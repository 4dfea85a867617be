package reprise.dsl.law;

import java.util.List;
import reprise.dsl.unit.Counting;

/**
 * Training in floating-point formats of E exponent and M mantissa bits, scaled in blocks of B: Sun
 * et al. 2025, "Scaling Laws for Floating-Point Quantization Training" (arXiv 2501.02423, eq. 12).
 *
 * <p>L = n/N^alpha + d/D^beta + eps + (D^beta/N^alpha) log2(B) / (gamma (E + .5)^delta (M +
 * .5)^nu). N without embeddings.
 */
public record FpQuant() implements Law {
  /** The authors' constants, in the order of {@link #constants()}. */
  public static final List<Double> PUBLISHED =
      List.of(69.2343, 68973.0621, 1.9061, .2368, .5162, 11334.5197, 3.1926, 2.9543);

  private static final List<Constant> CONSTANTS =
      List.of(
          Constant.coefficient("n", "nats/token", "size of the model term at N = 1"),
          Constant.coefficient("d", "nats/token", "size of the data term at D = 1"),
          Constant.floor("eps", "nats/token", "irreducible loss"),
          Constant.exponent("alpha", "power of N"),
          Constant.exponent("beta", "power of D"),
          Constant.coefficient("gamma", "token/nats", "size of the precision term, inverted"),
          Constant.exponent("delta", "power of E + .5"),
          Constant.exponent("nu", "power of M + .5"));

  @Override
  public String name() {
    return "fp-quant";
  }

  @Override
  public String formula() {
    return "L = n/N^alpha + d/D^beta + eps"
        + " + (D^beta/N^alpha) log2(B)/(gamma (E+.5)^delta (M+.5)^nu)";
  }

  @Override
  public String source() {
    return "Sun et al. 2025, arXiv 2501.02423, eq. 12";
  }

  @Override
  public List<Constant> constants() {
    return CONSTANTS;
  }

  @Override
  public List<Input> inputs() {
    return List.of(
        Input.params(Counting.NON_EMBEDDING),
        Input.tokens(),
        new Input("E", "exponent bits").orZero(),
        new Input("M", "mantissa bits").orZero(),
        new Input("B", "elements that share a scale"));
  }

  /** Around the published constants: eight constants have no useful product grid. */
  @Override
  public StartGrid starts() {
    return StartGrid.of(
        Axis.of("n", 2, 4, 6),
        Axis.of("d", 6, 11),
        Axis.of("eps", 0, .7),
        Axis.of("alpha", .15, .3),
        Axis.of("beta", .3, .5),
        Axis.of("gamma", 6, 9, 12),
        Axis.of("delta", 2, 3),
        Axis.of("nu", 2, 3));
  }

  @Override
  public double logPrediction(double[] theta, double[] logInputs, int at) {
    return logPrediction(theta, logInputs, at, new double[8]);
  }

  @Override
  public double logPrediction(double[] theta, double[] logInputs, int at, double[] gradient) {
    double logN = logInputs[at];
    double logD = logInputs[at + 1];
    double logE = Math.log(Math.exp(logInputs[at + 2]) + .5);
    double logM = Math.log(Math.exp(logInputs[at + 3]) + .5);
    double logBits = Math.log(logInputs[at + 4] / Math.log(2)); // log log2 B: B = 1 has no term
    double model = theta[0] - theta[3] * logN;
    double data = theta[1] - theta[4] * logD;
    double precision =
        theta[4] * logD - theta[3] * logN + logBits - theta[5] - theta[6] * logE - theta[7] * logM;
    double max = Math.max(Math.max(model, data), Math.max(theta[2], precision));
    double m = Math.exp(model - max);
    double d = Math.exp(data - max);
    double e = Math.exp(theta[2] - max);
    double p = Math.exp(precision - max);
    double sum = m + d + e + p;
    double lost = p / sum; // share of the precision term in L
    gradient[0] = m / sum;
    gradient[1] = d / sum;
    gradient[2] = e / sum;
    gradient[3] = -(m + p) / sum * logN;
    gradient[4] = (p - d) / sum * logD;
    gradient[5] = -lost;
    gradient[6] = -lost * logE;
    gradient[7] = -lost * logM;
    return max + Math.log(sum);
  }

  /**
   * Tokens beyond which more training raises the loss (eq. 17): D_crit = [d gamma N^alpha (E +
   * .5)^delta (M + .5)^nu / log2 B]^(1/(2 beta)).
   *
   * @param constants in the law's order
   */
  public double criticalTokens(
      double[] constants, double params, double exponentBits, double mantissaBits, double block) {
    double[] c = constants;
    double bits = Math.pow(exponentBits + .5, c[6]) * Math.pow(mantissaBits + .5, c[7]);
    double inner = c[1] * c[5] * Math.pow(params, c[3]) * bits / (Math.log(block) / Math.log(2));
    return Math.pow(inner, 1 / (2 * c[4]));
  }

  /**
   * Exponent bits of least loss in a format of P = E + M + 1 bits, not whole (eq. 15): E_opt =
   * delta P/(delta + nu) - .5.
   *
   * @param constants in the law's order
   */
  public double optimalExponentBits(double[] constants, double width) {
    return constants[6] * width / (constants[6] + constants[7]) - .5;
  }

  /**
   * Mantissa bits of least loss in a format of P = E + M + 1 bits, not whole (eq. 14): M_opt = nu
   * P/(delta + nu) - .5.
   *
   * @param constants in the law's order
   */
  public double optimalMantissaBits(double[] constants, double width) {
    return constants[7] * width / (constants[6] + constants[7]) - .5;
  }

  /**
   * Bits P at which a training of D tokens gets the least loss for its cost C = 6 N D P/16, with
   * the best layout (eq. 19): P^(delta + nu) = gamma_D D^beta log2 B, gamma_D = (delta + nu -
   * alpha)/(n alpha gamma_rho), gamma_rho = gamma delta^delta nu^nu/(delta + nu)^(delta + nu).
   *
   * @param constants in the law's order
   */
  public double optimalWidth(double[] constants, double tokens, double block) {
    double[] c = constants;
    double both = c[6] + c[7];
    double logRho =
        Math.log(c[5]) + c[6] * Math.log(c[6]) + c[7] * Math.log(c[7]) - both * Math.log(both);
    double logGammaD = Math.log((both - c[3]) / (c[0] * c[3])) - logRho;
    double logBits = Math.log(Math.log(block) / Math.log(2));
    return Math.exp((logGammaD + c[4] * Math.log(tokens) + logBits) / both);
  }

  /**
   * Bits P of the training of least loss that a cost C = 6 N D P/16 pays for: N, D and P free, P =
   * E + M + 1 with the best layout, by golden section over log D.
   *
   * @param constants in the law's order
   * @param cost FLOP at 16 bits
   */
  public double costOptimalWidth(double[] constants, double cost, double block) {
    double ratio = (Math.sqrt(5) - 1) / 2;
    double low = Math.log(1e6);
    double high = Math.log(cost / 1e6);
    while (high - low > 1e-10) {
      double left = high - ratio * (high - low);
      double right = low + ratio * (high - low);
      if (lossAtCost(constants, cost, block, Math.exp(left))
          < lossAtCost(constants, cost, block, Math.exp(right))) {
        high = right;
      } else {
        low = left;
      }
    }
    return optimalWidth(constants, Math.exp((low + high) / 2), block);
  }

  /** Least loss of D tokens at a cost. */
  private double lossAtCost(double[] constants, double cost, double block, double tokens) {
    double width = optimalWidth(constants, tokens, block);
    double params = 16 * cost / (6 * tokens * width);
    return predict(
        constants,
        params,
        tokens,
        Math.max(0, optimalExponentBits(constants, width)),
        Math.max(0, optimalMantissaBits(constants, width)),
        block);
  }

  /**
   * Exponent bits of least loss among the formats of {@code width} bits, one of them the sign:
   * E_opt = delta P/(delta + nu) - .5 with P = E + M + 1 (eq. 15), then the better neighbour.
   *
   * @param constants in the law's order
   */
  public int bestExponentBits(double[] constants, int width) {
    if (width < 3) {
      throw new IllegalArgumentException(
          "a format with exponent and mantissa has at least 3 bits, got " + width);
    }
    int best = 1;
    double most = 0;
    for (int e = 1; e < width - 1; e++) {
      // the loss falls with (E + .5)^delta (M + .5)^nu
      double gain = Math.pow(e + .5, constants[6]) * Math.pow(width - 1 - e + .5, constants[7]);
      if (gain > most) {
        most = gain;
        best = e;
      }
    }
    return best;
  }
}
