package reprise.dsl.sensing;

/** How the unknown matrix is written as a product. */
public enum Factors {
  /** {@code X X'} with one factor X [n, k]. */
  SYMMETRIC("symmetric"),

  /** {@code F H'} with two factors [n, k], the second begun three times smaller. */
  ASYMMETRIC("asymmetric");

  private final String word;

  Factors(String word) {
    this.word = word;
  }

  /** The word in plans and charts. */
  public String word() {
    return word;
  }
}
