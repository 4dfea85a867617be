package reprise.dsl.law;

import java.util.List;
import reprise.dsl.unit.Counting;

/**
 * L(N, P) = E + (A/(N P^k))^alpha: the rival of {@link ParScale} in which every doubling of the
 * streams multiplies the parameters by the same factor. With k alpha = 1 it is what P independent
 * streams would bring (Chen et al. 2025, arXiv 2505.10475, section 3: their proposition for streams
 * whose errors do not correlate).
 */
public record StreamsPower() implements Law {
  private static final List<Constant> CONSTANTS =
      List.of(
          Constant.coefficient("A", "parameters", "size at which the model term is 1"),
          Constant.floor("E", "nats/token", "irreducible loss"),
          Constant.exponent("alpha", "power of N"),
          Constant.scale("k", "1", "power of the streams"));

  @Override
  public String name() {
    return "parscale-power";
  }

  @Override
  public String formula() {
    return "L = E + (A/(N P^k))^alpha";
  }

  @Override
  public String source() {
    return "a rival of Chen et al. 2025, arXiv 2505.10475, eq. 5";
  }

  @Override
  public List<Constant> constants() {
    return CONSTANTS;
  }

  @Override
  public List<Input> inputs() {
    return List.of(Input.params(Counting.NON_EMBEDDING), new Input("P", "parallel streams"));
  }

  @Override
  public StartGrid starts() {
    return new ParScale().starts();
  }

  @Override
  public double logPrediction(double[] theta, double[] logInputs, int at) {
    return logPrediction(theta, logInputs, at, new double[4]);
  }

  @Override
  public double logPrediction(double[] theta, double[] logInputs, int at, double[] gradient) {
    double k = Math.exp(theta[3]);
    double base = theta[0] - logInputs[at] - k * logInputs[at + 1];
    double term = theta[2] * base;
    double max = Math.max(term, theta[1]);
    double power = Math.exp(term - max);
    double floor = Math.exp(theta[1] - max);
    double share = power / (power + floor);
    gradient[0] = share * theta[2];
    gradient[1] = 1 - share;
    gradient[2] = share * base;
    gradient[3] = -share * theta[2] * k * logInputs[at + 1];
    return max + Math.log(power + floor);
  }
}
