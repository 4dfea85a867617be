package reprise.dsl.unit;

/**
 * Which weights a parameter count includes. The same runs give exponents of .84 or .50 depending on
 * it (Porian et al. 2024, arXiv 2406.19146), so a count and a law name their rule.
 */
public enum Counting {
  /** Every trainable number, embeddings included (Hoffmann et al. 2022, Gemstones). */
  ALL("all"),
  /** Without token and position embeddings (Kaplan et al. 2020, ParScale, Farseer). */
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

  /** For a table or an axis: {@code parameters (non-embedding)}. */
  public String text() {
    return "parameters (" + label + ")";
  }

  /** The word shown beside a count. */
  public String label() {
    return label;
  }
}
