package reprise.dsl.unit;

/** Which weights a parameter count includes; laws fitted under different rules differ. */
public enum Counting {
  /** Every trainable number. */
  ALL("all"),
  /** Without token and position embeddings (Kaplan et al. 2020). */
  NON_EMBEDDING("non-embedding"),
  /**
   * Weights that take part in matrix products: {@code 12 L d^2 + V d} for a decoder with an untied
   * head, so that {@code 6 N D} is the work actually done.
   */
  MATRIX("matrix");

  private final String label;

  Counting(String label) {
    this.label = label;
  }

  /** The word shown beside a count. */
  public String label() {
    return label;
  }
}
