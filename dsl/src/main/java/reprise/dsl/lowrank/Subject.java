package reprise.dsl.lowrank;

/** Which model's matrix is factorised. Rows are inputs. */
public enum Subject {
  /** Embedding of a bigram model, tokens by Zipf's law with exponent 1.1: rows differ much. */
  ZIPF("bigrams, Zipf 1.1"),

  /** The same, tokens equally frequent: rows differ little. */
  UNIFORM("bigrams, uniform"),

  /**
   * A linear classifier that knows its few examples by heart; half of its inputs mean nothing and
   * vary six times as much: rows differ for the wrong reason.
   */
  OVERFIT("overfit classifier");

  private final String word;

  Subject(String word) {
    this.word = word;
  }

  /** The words in plans and charts. */
  public String word() {
    return word;
  }
}
