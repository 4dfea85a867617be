package reprise.dsl.law;

/**
 * What a parameter count counts. The same runs give exponents of .84 or .50 depending on it (Porian
 * et al. 2024, arXiv 2406.19146), so a law names its rule.
 */
public enum Counting {
  /** All weights, embeddings and output head included: Hoffmann et al. 2022, Gemstones. */
  WITH_EMBEDDINGS("parameters, embeddings included"),
  /** Without embeddings, about 12 n_layer d^2: Kaplan et al. 2020, ParScale, Farseer. */
  NON_EMBEDDING("parameters, embeddings excluded");

  private final String text;

  Counting(String text) {
    this.text = text;
  }

  /** For a table or an axis. */
  public String text() {
    return text;
  }
}
