package reprise.dsl.unit;

/**
 * The number of attention heads.
 *
 * @param count heads, positive
 */
public record Heads(int count) {
  public Heads {
    Checks.positive("heads", count, "attention heads");
  }

  @Override
  public String toString() {
    return "heads(" + count + ")";
  }
}
