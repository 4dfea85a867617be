package reprise.dsl.claim;

import java.util.Arrays;

/** Numbers of independent seeds as one measurement. */
public final class Seeds {
  /** 97.5 % quantiles of Student's t for 1, 2, 3, ... degrees of freedom. */
  private static final double[] STUDENT = {
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228
  };

  private static final double NORMAL = 1.959964;
  private static final double LEVEL = 0.95;

  private Seeds() {}

  /**
   * Their mean with Student's interval, {@code m +- t s / sqrt(n)}; without one for a single seed.
   *
   * @param of what they are, such as {@code seeds} or {@code draws}
   * @param how it was measured
   */
  public static Measured mean(double[] values, String of, String how) {
    double mean = Arrays.stream(values).average().orElseThrow();
    int n = values.length;
    if (n < 2) {
      return Measured.exactly(mean, how);
    }
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    double half = student(n - 1) * Math.sqrt(squares / (n - 1) / n);
    return Measured.of(
        mean, new Interval(mean - half, mean + half, LEVEL, "Student's t, " + n + " " + of), how);
  }

  /**
   * The mean of correlations with Student's interval, cut at -1 and 1 where it reaches beyond, and
   * saying so. Fisher's z, which cannot reach beyond, is infinite for a correlation of 1, and rank
   * correlations of a few checkpoints often are 1.
   *
   * @param of what they are, such as {@code models}
   * @param how it was measured
   * @throws IllegalArgumentException for a number that is no correlation
   */
  public static Measured correlations(double[] values, String of, String how) {
    for (double value : values) {
      if (!(Math.abs(value) <= 1 + 1e-12)) {
        throw new IllegalArgumentException("a correlation lies in [-1, 1], got " + value);
      }
    }
    Measured mean = mean(values, of, how);
    if (mean.interval().isEmpty()) {
      return mean;
    }
    Interval whole = mean.interval().get();
    if (whole.low() >= -1 && whole.high() <= 1) {
      return mean;
    }
    return Measured.of(
        mean.value(),
        new Interval(
            Math.max(-1, whole.low()),
            Math.min(1, whole.high()),
            whole.level(),
            whole.method() + ", cut at " + (whole.high() > 1 ? "1" : "-1")),
        how);
  }

  /**
   * A centre with the range of all values: the least and the largest of n independent values
   * enclose their median with probability {@code 1 - 2^(1-n)}. Without one for a single seed.
   *
   * @param of what they are, such as {@code seeds} or {@code runs}
   * @param how it was measured
   */
  public static Measured range(double centre, double[] values, String of, String how) {
    int n = values.length;
    if (n < 2) {
      return Measured.exactly(centre, how);
    }
    double low = Math.min(centre, Arrays.stream(values).min().orElseThrow());
    double high = Math.max(centre, Arrays.stream(values).max().orElseThrow());
    return Measured.of(
        centre, new Interval(low, high, 1 - Math.pow(2, 1 - n), "range of " + n + " " + of), how);
  }

  /**
   * The quantile: from the table, beyond it by the expansion about the normal quantile z
   * (Abramowitz and Stegun 1964, 26.7.5).
   */
  static double student(int degrees) {
    if (degrees <= STUDENT.length) {
      return STUDENT[degrees - 1];
    }
    double z = NORMAL;
    double z3 = z * z * z;
    double z5 = z3 * z * z;
    double z7 = z5 * z * z;
    double v = degrees;
    // t = z + (z^3 + z)/(4 v) + (5 z^5 + 16 z^3 + 3 z)/(96 v^2)
    //   + (3 z^7 + 19 z^5 + 17 z^3 - 15 z)/(384 v^3) + ...
    return z
        + (z3 + z) / (4 * v)
        + (5 * z5 + 16 * z3 + 3 * z) / (96 * v * v)
        + (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / (384 * v * v * v);
  }
}
