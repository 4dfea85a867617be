package reprise.dsl.unit;

/**
 * The number of transformer blocks.
 *
 * @param count blocks, positive
 */
public record Layers(int count) {
  public Layers {
    Checks.positive("layers", count, "blocks");
  }

  @Override
  public String toString() {
    return "layers(" + count + ")";
  }
}
