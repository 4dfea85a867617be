package reprise.dsl.law;

import java.util.List;

/**
 * L(N_e, N_d) = a (B_e/N_e)^p_e (B_d/N_d)^p_d + L_inf: Ghorbani et al. 2021, "Scaling Laws for
 * Neural Machine Translation" (arXiv 2109.07740, eq. 1), for an encoder of N_e and a decoder of N_d
 * parameters, without embeddings. B_e and B_d only set the unit of a.
 *
 * @param baseEncoder B_e, parameters of the encoder where the first factor is 1
 * @param baseDecoder B_d, parameters of the decoder where the second factor is 1
 */
public record Translation(double baseEncoder, double baseDecoder) implements Law {
  /**
   * Twelve layers each of width 1024 and feed-forward width 8192, the paper's baseline: 12 (4 d^2 +
   * 2 d f) and 12 (8 d^2 + 2 d f) weights.
   */
  public static final Translation TWELVE_LAYERS =
      new Translation(
          12 * (4.0 * 1024 * 1024 + 2.0 * 1024 * 8192),
          12 * (8.0 * 1024 * 1024 + 2.0 * 1024 * 8192));

  private static final List<Constant> CONSTANTS =
      List.of(
          Constant.coefficient("a", "nats/token", "reducible loss of the baseline"),
          Constant.floor("L_inf", "nats/token", "irreducible loss"),
          Constant.exponent("p_e", "power of N_e"),
          Constant.exponent("p_d", "power of N_d"));

  public Translation {
    if (!(baseEncoder > 0 && baseDecoder > 0)) {
      throw new IllegalArgumentException(
          "baseline sizes must be positive, got " + baseEncoder + " and " + baseDecoder);
    }
  }

  @Override
  public String name() {
    return "nmt";
  }

  @Override
  public String formula() {
    return "L = a (B_e/N_e)^p_e (B_d/N_d)^p_d + L_inf";
  }

  @Override
  public String source() {
    return "Ghorbani et al. 2021, arXiv 2109.07740, eq. 1";
  }

  @Override
  public List<Constant> constants() {
    return CONSTANTS;
  }

  @Override
  public List<Input> inputs() {
    return List.of(
        new Input("N_e", "encoder parameters without embeddings"),
        new Input("N_d", "decoder parameters without embeddings"));
  }

  @Override
  public StartGrid starts() {
    return StartGrid.of(
        Axis.range("a", -5, 5, 6),
        Axis.of("L_inf", -2, -.5, .5, 1),
        Axis.of("p_e", .05, .2, .6),
        Axis.of("p_d", .05, .2, .6));
  }

  @Override
  public double logPrediction(double[] theta, double[] logInputs, int at) {
    return logPrediction(theta, logInputs, at, new double[4]);
  }

  @Override
  public double logPrediction(double[] theta, double[] logInputs, int at, double[] gradient) {
    double encoder = Math.log(baseEncoder) - logInputs[at];
    double decoder = Math.log(baseDecoder) - logInputs[at + 1];
    double term = theta[0] + theta[2] * encoder + theta[3] * decoder;
    double max = Math.max(term, theta[1]);
    double power = Math.exp(term - max);
    double floor = Math.exp(theta[1] - max);
    double share = power / (power + floor);
    gradient[0] = share;
    gradient[1] = 1 - share;
    gradient[2] = share * encoder;
    gradient[3] = share * decoder;
    return max + Math.log(power + floor);
  }

  /** SciPy's soft_l1 with its scale 1, on the loss itself, as the paper's code fits. */
  @Override
  public Objective objective() {
    return Objective.softL1(1).onRawLoss();
  }

  /**
   * The best encoder and decoder of a total: N_e* = p_e/(p_e + p_d) B, N_d* = p_d/(p_e + p_d) B
   * (section 3, from the derivative of a (B_e/N_e)^p_e (B_d/(B - N_e))^p_d).
   *
   * @param constants a, L_inf, p_e, p_d
   * @param total B = N_e + N_d, parameters
   * @return N_e*, N_d*
   * @throws IllegalArgumentException when an exponent is not positive: then there is no interior
   *     optimum
   */
  public double[] optimum(double[] constants, double total) {
    double pe = constants[2];
    double pd = constants[3];
    if (!(pe > 0 && pd > 0)) {
      throw new IllegalArgumentException(
          "there is a best split only for positive exponents, got p_e = " + pe + ", p_d = " + pd);
    }
    return new double[] {pe / (pe + pd) * total, pd / (pe + pd) * total};
  }

  /**
   * The factor of the best loss a* B^-(p_e + p_d) + L_inf: a* = a (B_e (p_e + p_d)/p_e)^p_e (B_d
   * (p_e + p_d)/p_d)^p_d. A secondary source prints p_e in the second denominator; {@link #optimum}
   * put into the law gives p_d.
   */
  public double bestFactor(double[] constants) {
    double pe = constants[2];
    double pd = constants[3];
    return constants[0]
        * Math.pow(baseEncoder * (pe + pd) / pe, pe)
        * Math.pow(baseDecoder * (pe + pd) / pd, pd);
  }

  /** The loss of the best split of a total: a* B^-(p_e + p_d) + L_inf. */
  public double bestLoss(double[] constants, double total) {
    return bestFactor(constants) * Math.pow(total, -constants[2] - constants[3]) + constants[1];
  }

  /**
   * How much more reducible loss a split has than the best one of the same total: (s*_e/s)^p_e
   * (s*_d/(1 - s))^p_d - 1.
   *
   * @param encoderShare s = N_e/(N_e + N_d), between 0 and 1
   */
  public double excessOfSplit(double[] constants, double encoderShare) {
    double[] best = optimum(constants, 1);
    return Math.pow(best[0] / encoderShare, constants[2])
            * Math.pow(best[1] / (1 - encoderShare), constants[3])
        - 1;
  }

  /**
   * How much more reducible loss a split has than the best one between two others of the same
   * total. Of any exponents: log s^-p_e (1 - s)^-p_d is least at an end, or at {@link #optimum}
   * where that lies between.
   *
   * @param encoderShare s = N_e/(N_e + N_d), between 0 and 1
   * @param least least share that the best split may have
   * @param most its greatest share
   */
  public double excessWithin(double[] constants, double encoderShare, double least, double most) {
    double pe = constants[2];
    double pd = constants[3];
    double best = Math.min(logReducible(pe, pd, least), logReducible(pe, pd, most));
    double inner = pe / (pe + pd);
    if (pe > 0 && pd > 0 && inner > least && inner < most) {
      best = logReducible(pe, pd, inner);
    }
    return Math.expm1(logReducible(pe, pd, encoderShare) - best);
  }

  // log of the reducible loss as a function of the split, up to a constant
  private static double logReducible(double pe, double pd, double share) {
    return -pe * Math.log(share) - pd * Math.log(1 - share);
  }

  /** N_e/(N_e + N_d) of least loss is p_e/(p_e + p_d) (section 3). */
  @Override
  public List<Derived> derived() {
    return List.of(
        new Derived("encoder share", "1", "p_e/(p_e+p_d)", c -> c[2] / (c[2] + c[3])),
        new Derived("p_e+p_d", "1", "p_e+p_d", c -> c[2] + c[3]));
  }
}
