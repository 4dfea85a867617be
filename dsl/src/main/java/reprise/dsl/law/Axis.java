package reprise.dsl.law;

import java.util.Arrays;
import java.util.Objects;

/**
 * The start values of one constant, as values of its theta: for A the paper's grid 0, 5, .., 25 is
 * over a = log A.
 *
 * @param constant name of the constant
 * @param values start values of theta
 */
public record Axis(String constant, double[] values) {
  public Axis {
    Objects.requireNonNull(constant, "constant");
    values = values.clone();
    if (values.length == 0) {
      throw new IllegalArgumentException("start grid: " + constant + " has no start value");
    }
  }

  public static Axis of(String constant, double... values) {
    return new Axis(constant, values);
  }

  /** {@code count} values from {@code first} to {@code last}, both included, evenly spaced. */
  public static Axis range(String constant, double first, double last, int count) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = count == 1 ? first : first + (last - first) * i / (count - 1);
    }
    return new Axis(constant, values);
  }

  @Override
  public double[] values() {
    return values.clone();
  }

  int size() {
    return values.length;
  }

  double value(int i) {
    return values[i];
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Axis a && constant.equals(a.constant) && Arrays.equals(values, a.values);
  }

  @Override
  public int hashCode() {
    return 31 * constant.hashCode() + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return constant + " " + Arrays.toString(values);
  }
}
