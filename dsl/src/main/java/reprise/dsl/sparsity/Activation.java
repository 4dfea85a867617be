package reprise.dsl.sparsity;

/** What the gate of a feed-forward block is passed through. */
public enum Activation {
  /** max(x, 0): exact zeros. */
  RELU("ReLU"),
  /** x sigmoid(x): hardly ever zero. */
  SILU("SiLU");

  private final String word;

  Activation(String word) {
    this.word = word;
  }

  /** As papers write it. */
  public String word() {
    return word;
  }

  /** In names of runs. */
  String id() {
    return word.toLowerCase(java.util.Locale.ROOT);
  }
}
