package reprise.dsl.head;

/** When the filter is on. */
public enum Phase {
  /** From the first update on. */
  SCRATCH("from scratch"),

  /** After training without it, while half of the source is learned anew. */
  TUNING("fine-tuning");

  private final String word;

  Phase(String word) {
    this.word = word;
  }

  /** The words in frames and charts. */
  public String word() {
    return word;
  }
}
