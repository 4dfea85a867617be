package reprise.dsl.law;

import java.util.Objects;
import reprise.dsl.unit.Counting;

/**
 * One input of a law; the {@link Points} to be fitted have a column of this name. Values are
 * positive.
 *
 * @param name {@code N}, {@code D}, {@code C}, ...
 * @param unit in which the column is counted, with its counting rule where one exists
 */
public record Input(String name, String unit) {
  public Input {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(unit, "unit");
  }

  /** Model size N under a counting rule. */
  public static Input params(Counting counting) {
    return new Input("N", counting.text());
  }

  /** Training tokens D. */
  public static Input tokens() {
    return new Input("D", "training tokens");
  }

  /** Training compute C. */
  public static Input flops() {
    return new Input("C", "training FLOP");
  }
}
