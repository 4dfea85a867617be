package reprise.tensor.reference;

/** An index tensor points outside its table. */
final class IndexOutOfRange extends RuntimeException {
  private static final long serialVersionUID = 1;

  private IndexOutOfRange(String message) {
    super(message);
  }

  static int check(int index, int rows, int at) {
    if (index < 0 || index >= rows) {
      throw new IndexOutOfRange(
          "index " + index + " at position " + at + " is outside the table of " + rows + " rows");
    }
    return index;
  }

  /** An order of classes that holds one of them twice, and so another not at all. */
  static IndexOutOfRange twice(int index, int at) {
    return new IndexOutOfRange(
        "cut_cross_entropy_grad: the order names class "
            + index
            + " twice, at position "
            + at
            + ": expected every class once");
  }
}
