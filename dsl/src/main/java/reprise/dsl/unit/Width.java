package reprise.dsl.unit;

/**
 * The residual dimension d of one model.
 *
 * @param count components, positive
 */
public record Width(int count) {
  public Width {
    Checks.positive("width", count, "residual dimension");
  }

  @Override
  public String toString() {
    return "width(" + count + ")";
  }
}
