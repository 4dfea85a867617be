package reprise.dsl.law;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/**
 * The constants of every bootstrap replicate that could be fitted.
 *
 * @param constants one row per replicate, in the law's order
 */
public record Samples(double[][] constants) {
  public Samples {
    constants = copy(constants);
  }

  /** No replicates. */
  public static Samples none() {
    return new Samples(new double[0][]);
  }

  @Override
  public double[][] constants() {
    return copy(constants);
  }

  /** Number of replicates. */
  public int size() {
    return constants.length;
  }

  /** A quantity computed from the constants of every replicate, in order. */
  public double[] of(ToDoubleFunction<double[]> quantity) {
    return Arrays.stream(constants).mapToDouble(c -> quantity.applyAsDouble(c.clone())).toArray();
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Samples s && Arrays.deepEquals(constants, s.constants);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(constants);
  }

  @Override
  public String toString() {
    return constants.length + " replicates";
  }

  private static double[][] copy(double[][] rows) {
    double[][] copy = new double[rows.length][];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = rows[i].clone();
    }
    return copy;
  }

  /** Their standard deviation with n - 1; NaN for fewer than two. */
  static double standardDeviation(double[] values) {
    if (values.length < 2) {
      return Double.NaN;
    }
    double mean = 0;
    for (double v : values) {
      mean += v / values.length;
    }
    double sum = 0;
    for (double v : values) {
      sum += (v - mean) * (v - mean);
    }
    return Math.sqrt(sum / (values.length - 1));
  }
}
