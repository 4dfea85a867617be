package reprise.dsl.reasoning;

/** How the map from the attended tokens to the answer is written. */
public enum Head {
  /** {@code W_O W_V}, as transformers have it. */
  FACTORISED("W_O W_V"),

  /** One matrix {@code W_OV} that can express the same. */
  MERGED("W_OV");

  private final String word;

  Head(String word) {
    this.word = word;
  }

  /** The word in plans and charts. */
  public String word() {
    return word;
  }
}
