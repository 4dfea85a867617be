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
}
