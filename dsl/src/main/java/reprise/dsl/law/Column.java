package reprise.dsl.law;

import java.util.Arrays;
import java.util.Objects;

/**
 * A named column of numbers.
 *
 * @param name as a law names its input or output: {@code N}, {@code D}, {@code loss}
 * @param values one per point
 */
public record Column(String name, double[] values) {
  public Column {
    Objects.requireNonNull(name, "name");
    values = values.clone();
  }

  public static Column of(String name, double... values) {
    return new Column(name, values);
  }

  @Override
  public double[] values() {
    return values.clone();
  }

  /** Number of values. */
  public int size() {
    return values.length;
  }

  /** One value. */
  public double value(int i) {
    return values[i];
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Column c && name.equals(c.name) && Arrays.equals(values, c.values);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return name + "[" + values.length + "]";
  }
}
