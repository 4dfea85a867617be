package reprise.dsl.density;

/**
 * Where a model stands on a ladder.
 *
 * @param effective parameters of a reference model with its score; NaN where there is none
 * @param density effective over actual parameters; NaN where there is none
 * @param note why there is none, or that it was read off beyond the ladder; empty inside
 */
public record Placement(double effective, double density, String note) {
  /** Whether the effective size lies between the ladder's smallest and largest model. */
  public boolean inside() {
    return note.isEmpty();
  }
}
