package reprise.tensor.reference;

import reprise.tensor.NativeFailure;

/**
 * What the rules of {@code reprise.tensor.model.Sampler} keep of a distribution, in double
 * precision: the oracle of the native operation {@code sample_next}.
 */
public final class Truncation {
  private static final int TEMPERATURE = 1;
  private static final int TOP_K = 2;
  private static final int NUCLEUS = 3;
  private static final int MIN_P = 4;
  private static final int TOP_H = 5;
  private static final int MIROSTAT = 6;

  private Truncation() {}

  /**
   * How many of the most probable tokens stay; at least one.
   *
   * @param rule number of a rule that draws
   * @param first its parameter, such as k, the mass or alpha
   * @param memory mu of Mirostat, in bits
   * @param p probabilities, descending, that sum to 1
   * @throws NativeFailure when there is no such rule
   */
  public static int kept(int rule, double first, double memory, double[] p) {
    double entropy = 0;
    for (double v : p) {
      entropy -= v > 0 ? v * Math.log(v) : 0;
    }
    double sum = 0;
    double plogp = 0;
    for (int n = 0; n < p.length; n++) {
      double q = p[n];
      boolean stays =
          switch (rule) {
            case TEMPERATURE -> true;
            case TOP_K -> n < first;
            case NUCLEUS -> sum < first;
            case MIN_P -> q >= first * p[0];
            case MIROSTAT -> -Math.log(q) / Math.log(2) <= memory;
            case TOP_H -> {
              // H(p_S / z) = ln z - (sum_S p ln p) / z
              double z = sum + q;
              yield q > 0 && Math.log(z) - (plogp + q * Math.log(q)) / z <= first * entropy;
            }
            default -> throw new NativeFailure("sample_next: unknown rule " + rule);
          };
      if (n > 0 && !stays) {
        return n;
      }
      sum += q;
      plogp += q > 0 ? q * Math.log(q) : 0;
    }
    return p.length;
  }
}
