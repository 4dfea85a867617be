package reprise.dsl;

import reprise.dsl.unit.Flops;
import reprise.dsl.unit.Order;
import reprise.dsl.unit.Params;
import reprise.dsl.unit.Symbols;
import reprise.dsl.unit.Tokens;
import reprise.dsl.unit.Widths;

/**
 * The words for quantities. Static members are inherited, so that {@code import static
 * reprise.dsl.Reprise.*} brings these and all other words at once.
 */
public abstract class Quantities {
  Quantities() {}

  /** Floating-point operations, a multiply-add counted as two: {@code flops(6e19)}. */
  public static Flops flops(double count) {
    return new Flops(count);
  }

  /** Training tokens, every prediction counted: {@code tokens(65_536)}. */
  public static Tokens tokens(long count) {
    return new Tokens(count);
  }

  /** Parameters: {@code params(124_000_000).nonEmbedding()}. */
  public static Params params(double count) {
    return new Params(count);
  }

  /** Residual dimensions of a family of models: {@code widths(16, 32, 64)}. */
  public static Widths widths(int... values) {
    return Widths.of(values);
  }

  /** The size of an alphabet: {@code symbols(128)}. */
  public static Symbols symbols(int count) {
    return new Symbols(count);
  }

  /** How many preceding symbols the next one depends on: {@code order(1)}. */
  public static Order order(int count) {
    return new Order(count);
  }
}
