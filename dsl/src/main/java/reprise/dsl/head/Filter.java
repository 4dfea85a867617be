package reprise.dsl.head;

/**
 * Which blocks of the gradient of a head's loss count, 128 rows by 256 classes: those in which some
 * |softmax - onehot| is 2^-12 or more.
 */
public enum Filter {
  /** All. */
  NONE("no filter"),

  /** Blocks of classes as they are numbered. */
  NUMBERED("filter"),

  /** Blocks of classes by their mean logit. */
  SORTED("filter, sorted");

  private final String word;

  Filter(String word) {
    this.word = word;
  }

  /** The words in frames and charts. */
  public String word() {
    return word;
  }
}
