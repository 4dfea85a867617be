package reprise.dsl.unit;

/**
 * The number of the size of an alphabet.
 *
 * @param count distinct symbols, positive
 */
public record Symbols(int count) {
  public Symbols {
    Checks.positive("symbols", count, "distinct symbols");
  }

  @Override
  public String toString() {
    return "symbols(" + count + ")";
  }
}
