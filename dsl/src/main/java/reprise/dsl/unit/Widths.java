package reprise.dsl.unit;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The widths (residual dimension d) of a family of models.
 *
 * @param values widths, positive, each once
 */
public record Widths(List<Integer> values) {
  public Widths {
    values = List.copyOf(values);
    if (values.isEmpty()) {
      throw new IllegalArgumentException("widths: give at least one, such as widths(16, 32, 64)");
    }
    values.forEach(width -> Checks.positive("widths", width, "residual dimension"));
    if (values.stream().distinct().count() != values.size()) {
      throw new IllegalArgumentException("widths: each may stand once, got " + values);
    }
  }

  /** Widths from numbers. */
  public static Widths of(int... values) {
    return new Widths(Arrays.stream(values).boxed().toList());
  }

  @Override
  public String toString() {
    return values.stream().map(String::valueOf).collect(Collectors.joining(", ", "widths(", ")"));
  }
}
