package reprise.dsl.unit;

/**
 * A number of floating-point operations, one multiply-add counted as two.
 *
 * @param count FLOP, positive and finite
 */
public record Flops(double count) implements Comparable<Flops> {
  public Flops {
    Checks.positive("flops", count, "FLOP");
  }

  /** Training cost {@code C = 6 N D} (Kaplan et al. 2020, section 2.1). */
  public static Flops ofTraining(Params params, Tokens tokens) {
    return new Flops(6.0 * params.count() * tokens.count());
  }

  public Flops plus(Flops other) {
    return new Flops(count + other.count);
  }

  @Override
  public int compareTo(Flops other) {
    return Double.compare(count, other.count);
  }

  @Override
  public String toString() {
    return Numbers.scientific(count) + " FLOP";
  }
}
