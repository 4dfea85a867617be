package reprise.dsl.law;

import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * A quantity that follows from a law's constants, such as a = beta/(alpha+beta).
 *
 * @param name as the paper writes it
 * @param unit of the quantity
 * @param formula in terms of the constants
 * @param of computes it from the constants, in the order of {@link Law#constants()}
 */
public record Derived(String name, String unit, String formula, ToDoubleFunction<double[]> of) {
  public Derived {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(unit, "unit");
    Objects.requireNonNull(formula, "formula");
    Objects.requireNonNull(of, "of");
  }
}
