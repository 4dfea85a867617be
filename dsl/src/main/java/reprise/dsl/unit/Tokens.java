package reprise.dsl.unit;

/**
 * A number of training tokens, D in scaling laws: every prediction made during training counts, so
 * a token seen twice counts twice.
 *
 * @param count tokens, positive
 */
public record Tokens(long count) implements Comparable<Tokens> {
  public Tokens {
    Checks.positive("tokens", count, "tokens");
  }

  @Override
  public int compareTo(Tokens other) {
    return Long.compare(count, other.count);
  }

  @Override
  public String toString() {
    return Numbers.grouped(count) + " tokens";
  }
}
