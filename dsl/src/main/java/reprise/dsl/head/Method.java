package reprise.dsl.head;

/** How the loss of a head is computed: logits x w', x [N, d], w [V, d], and their cross-entropy. */
public enum Method {
  /** All N V logits in memory. */
  MATERIALISED("logits in memory"),

  /** The logits of 256 rows at a time. */
  ROWS("256 rows at a time"),

  /** Blocks of 128 rows and 256 classes, computed again in the backward pass. */
  CUT("cut cross-entropy");

  private final String word;

  Method(String word) {
    this.word = word;
  }

  /** The words in frames and charts. */
  public String word() {
    return word;
  }
}
