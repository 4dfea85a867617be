package reprise.dsl.int8;

/** How a product X W is computed in eight bits; X [T, h], W [h, o]. */
public enum Scheme {
  /** One scale for all of X and one for all of W. */
  ABSMAX("absmax"),

  /** One scale a row of X and one for all of W. */
  ROW_WISE("row-wise"),

  /** One scale a row of X and one a column of W. */
  VECTOR_WISE("vector-wise"),

  /** The same, but columns of X with a value of 6 or more are multiplied in 16 bits. */
  DECOMPOSED("vector-wise, outliers in 16 bits");

  private final String word;

  Scheme(String word) {
    this.word = word;
  }

  /** The words in frames and charts. */
  public String word() {
    return word;
  }
}
