package reprise.tensor.ir;

/** An operation was given operands it is not defined for; says what was expected and what came. */
public final class TypeMismatch extends IllegalArgumentException {
  private final String expected;
  private final String got;

  public TypeMismatch(String expected, Object got) {
    super("expected " + expected + ", got " + got);
    this.expected = expected;
    this.got = String.valueOf(got);
  }

  /** What the operation needs. */
  public String expected() {
    return expected;
  }

  /** What it was given. */
  public String got() {
    return got;
  }

  static void require(boolean holds, String expected, Object got) {
    if (!holds) {
      throw new TypeMismatch(expected, got);
    }
  }

  static void count(java.util.List<TensorType> in, int n) {
    require(in.size() == n, n + " operands", in);
  }

  static void f32(TensorType t, String what) {
    require(t.dtype() == DType.F32, what + " of f32", t);
  }

  static void i32(TensorType t, String what) {
    require(t.dtype() == DType.I32, what + " of i32", t);
  }

  static void scalar(TensorType t, String what) {
    require(t.shape().rank() == 0, what + " to be a scalar", t);
  }

  static void same(TensorType expected, TensorType got, String what) {
    require(expected.equals(got), what + " to be " + expected, got);
  }
}
