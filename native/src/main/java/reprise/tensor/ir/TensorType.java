package reprise.tensor.ir;

/** Element type and shape of a value, printed as {@code f32[2,3]}. */
public record TensorType(DType dtype, Shape shape) {
  /** A 32-bit floating-point tensor. */
  public static TensorType f32(int... dims) {
    return new TensorType(DType.F32, Shape.of(dims));
  }

  /** A 32-bit integer tensor. */
  public static TensorType i32(int... dims) {
    return new TensorType(DType.I32, Shape.of(dims));
  }

  /** The same element type with another shape. */
  public TensorType withShape(Shape other) {
    return new TensorType(dtype, other);
  }

  /** Number of elements. */
  public int size() {
    return shape.size();
  }

  /** Bytes in native memory. */
  public long bytes() {
    return (long) shape.size() * dtype.bytes();
  }

  @Override
  public String toString() {
    return dtype.toString() + shape;
  }

  /** Reads what {@link #toString} prints. */
  public static TensorType parse(String text) {
    int bracket = text.indexOf('[');
    if (bracket < 0) {
      throw new IllegalArgumentException("expected a type such as f32[2,3], got '" + text + "'");
    }
    return new TensorType(
        DType.parse(text.substring(0, bracket)), Shape.parse(text.substring(bracket)));
  }
}
