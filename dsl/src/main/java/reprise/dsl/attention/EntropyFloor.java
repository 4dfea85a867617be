package reprise.dsl.attention;

import reprise.dsl.unit.Checks;

/**
 * The least entropy that attention over T positions can have where its logits have norm s (arXiv
 * 2303.06296, theorem 3.1), with b = exp(-s sqrt(T/(T-1))):
 *
 * <p>{@code Ent >= ln(1 + (T-1) b) + s sqrt(T (T-1)) b / (1 + (T-1) b)}.
 *
 * <p>A shift of all logits changes no entropy, so that s may be the norm of what is left when their
 * mean is taken away. All entropies are in nats.
 *
 * @param positions T, at least 1; of one position every entropy is 0
 */
public record EntropyFloor(int positions) {
  public EntropyFloor {
    Checks.positive("positions", positions, "logits");
  }

  /** The bound at norm s. */
  public double at(double norm) {
    if (positions == 1) {
      return 0;
    }
    double t = positions;
    // b = exp(-s sqrt(T/(T-1)))
    double b = Math.exp(-norm * Math.sqrt(t / (t - 1)));
    // ln(1 + (T-1) b) + s sqrt(T (T-1)) b / (1 + (T-1) b)
    return Math.log1p((t - 1) * b) + norm * Math.sqrt(t * (t - 1)) * b / (1 + (t - 1) * b);
  }

  /** What the bound falls like where norm and positions are large: {@code T s e^-s}. */
  public double tail(double norm) {
    return positions * norm * Math.exp(-norm);
  }

  /** Logits of norm s that attain it: s (sqrt((T-1)/T), -1/sqrt(T (T-1)), ...). */
  public double[] attaining(double norm) {
    double t = positions;
    double[] logits = new double[positions];
    java.util.Arrays.fill(logits, positions == 1 ? 0 : -norm / Math.sqrt(t * (t - 1)));
    logits[0] = norm * Math.sqrt((t - 1) / t);
    return logits;
  }

  /** Entropy of softmax of logits: {@code ln sum e^u_j - sum p_j u_j}, from the largest. */
  public static double entropy(double... logits) {
    double most = Double.NEGATIVE_INFINITY;
    for (double u : logits) {
      most = Math.max(most, u);
    }
    double sum = 0;
    double weighted = 0;
    for (double u : logits) {
      double e = Math.exp(u - most);
      sum += e;
      weighted += e * (u - most);
    }
    // the largest counts 1 in the sum, so that ln1p keeps what others add to it
    return Math.log1p(sum - 1) - weighted / sum;
  }

  /** Norm of logits less their mean. */
  public static double norm(double... logits) {
    double mean = java.util.Arrays.stream(logits).average().orElse(0);
    double squares = 0;
    for (double u : logits) {
      squares += (u - mean) * (u - mean);
    }
    return Math.sqrt(squares);
  }
}
