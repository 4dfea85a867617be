package reprise.dsl.unit;

/**
 * The order of a Markov source: how many preceding symbols the next one depends on.
 *
 * @param count preceding symbols, positive
 */
public record Order(int count) {
  public Order {
    Checks.positive("order", count, "preceding symbols");
  }

  @Override
  public String toString() {
    return "order(" + count + ")";
  }
}
