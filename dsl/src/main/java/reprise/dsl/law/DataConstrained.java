package reprise.dsl.law;

import java.util.List;
import reprise.dsl.unit.Counting;

/**
 * Repeated data and excess parameters lose value exponentially: Muennighoff et al. 2023 (arXiv
 * 2305.16264, eq. 5 and 6), on top of a Chinchilla law that is held fixed.
 *
 * <p>L = E + A/(U_N + U_N R_N* (1 - exp(-R_N/R_N*)))^alpha + B/(U_D + U_D R_D* (1 -
 * exp(-R_D/R_D*)))^beta, with R_D = D/U_D - 1 repetitions of U_D unique tokens, U_N = min((U_D
 * G)^(beta/alpha) G, N) the parameters that U_D calls for, and R_N = max(N/U_N - 1, 0).
 *
 * @param base the law of unique data; {@link #C4} in the paper
 */
public record DataConstrained(Base base) implements Law {

  /**
   * Constants of the Chinchilla law of unique data.
   *
   * @param a nats/token
   * @param b nats/token
   * @param e nats/token
   * @param alpha power of N
   * @param beta power of D
   */
  public record Base(double a, double b, double e, double alpha, double beta) {}

  /** Fitted by the authors to 54 points of C4: a = 6.255414, b = 7.3049974, e = .6254804. */
  public static final Base C4 =
      new Base(Math.exp(6.255414), Math.exp(7.3049974), Math.exp(.6254804), .3526596, .3526596);

  private static final List<Constant> CONSTANTS =
      List.of(
          Constant.scale("R_N*", "repetitions", "excess parameters that keep 1 - 1/e of value"),
          Constant.scale("R_D*", "repetitions", "repetitions of data that keep 1 - 1/e of value"));

  @Override
  public String name() {
    return "muennighoff";
  }

  @Override
  public String formula() {
    return "L = E + A/(U_N + U_N R_N* (1 - exp(-R_N/R_N*)))^alpha"
        + " + B/(U + U R_D* (1 - exp(-R_D/R_D*)))^beta";
  }

  @Override
  public String source() {
    return "Muennighoff et al. 2023, arXiv 2305.16264, eq. 5 and 6";
  }

  @Override
  public List<Constant> constants() {
    return CONSTANTS;
  }

  @Override
  public List<Input> inputs() {
    return List.of(Input.params(Counting.ALL), Input.tokens(), new Input("U", "unique tokens"));
  }

  @Override
  public StartGrid starts() {
    double[] values = {Math.log(.5), Math.log(2), Math.log(5), Math.log(16), Math.log(50)};
    return StartGrid.of(Axis.of("R_N*", values), Axis.of("R_D*", values));
  }

  @Override
  public double logPrediction(double[] theta, double[] logInputs, int at) {
    double n = Math.exp(logInputs[at]);
    double d = Math.exp(logInputs[at + 1]);
    double unique = Math.min(Math.exp(logInputs[at + 2]), d);
    double g = Math.pow(base.alpha * base.a / (base.beta * base.b), 1 / (base.alpha + base.beta));
    double called = Math.min(Math.pow(unique * g, base.beta / base.alpha) * g, n);
    double effectiveN = effective(called, Math.max(n / called - 1, 0), Math.exp(theta[0]));
    double effectiveD = effective(unique, Math.max(d / unique - 1, 0), Math.exp(theta[1]));
    return Math.log(
        base.e
            + base.a / Math.pow(effectiveN, base.alpha)
            + base.b / Math.pow(effectiveD, base.beta));
  }

  // U + U R* (1 - exp(-R/R*))
  private static double effective(double unique, double repeated, double decay) {
    return unique - unique * decay * Math.expm1(-repeated / decay);
  }
}
