package reprise.dsl.unit;

/**
 * The number of tokens a window holds.
 *
 * @param count window length in tokens, positive
 */
public record Context(int count) {
  public Context {
    Checks.positive("context", count, "window length in tokens");
  }

  @Override
  public String toString() {
    return "context(" + count + ")";
  }
}
