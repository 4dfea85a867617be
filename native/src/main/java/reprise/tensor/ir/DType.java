package reprise.tensor.ir;

/** The element type of a tensor: what a program declares, not how a backend stores it. */
public enum DType {
  /** IEEE 754 binary32. The reference backend keeps it as binary64. */
  F32("f32", 4),
  /** Two's complement 32-bit integer: tokens, indices, counters. Never differentiated. */
  I32("i32", 4);

  private final String text;
  private final int bytes;

  DType(String text, int bytes) {
    this.text = text;
    this.bytes = bytes;
  }

  /** Bytes of one element in native memory. */
  public int bytes() {
    return bytes;
  }

  @Override
  public String toString() {
    return text;
  }

  /** Reads what {@link #toString} prints. */
  public static DType parse(String text) {
    for (DType t : values()) {
      if (t.text.equals(text)) {
        return t;
      }
    }
    throw new IllegalArgumentException("unknown element type '" + text + "'; known: f32, i32");
  }
}
