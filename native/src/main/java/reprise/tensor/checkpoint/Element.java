package reprise.tensor.checkpoint;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Element types of safetensors that are read here; all become f32. */
public enum Element {
  F64(8),
  F32(4),
  F16(2),
  BF16(2),
  I64(8),
  I32(4),
  U8(1);

  private static final ValueLayout.OfShort SHORT = order(ValueLayout.JAVA_SHORT_UNALIGNED);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final int bytes;

  Element(int bytes) {
    this.bytes = bytes;
  }

  private static ValueLayout.OfShort order(ValueLayout.OfShort layout) {
    return layout.withOrder(ByteOrder.LITTLE_ENDIAN);
  }

  /** Bytes of one element. */
  public int bytes() {
    return bytes;
  }

  /** Element i: exact for F32, F16, BF16, U8, else rounded to nearest. */
  float floatAt(MemorySegment data, long i) {
    return switch (this) {
      case F64 -> (float) Double.longBitsToDouble(data.get(LONG, 8 * i));
      case F32 -> Float.intBitsToFloat(data.get(INT, 4 * i));
      case F16 -> Float.float16ToFloat(data.get(SHORT, 2 * i));
      case BF16 -> Float.intBitsToFloat(data.get(SHORT, 2 * i) << 16);
      case I64 -> data.get(LONG, 8 * i);
      case I32 -> data.get(INT, 4 * i);
      case U8 -> data.get(ValueLayout.JAVA_BYTE, i) & 0xff;
    };
  }

  /** Element i of an integer type. */
  long longAt(MemorySegment data, long i) {
    return switch (this) {
      case I64 -> data.get(LONG, 8 * i);
      case I32 -> data.get(INT, 4 * i);
      case U8 -> data.get(ValueLayout.JAVA_BYTE, i) & 0xff;
      case F64, F32, F16, BF16 ->
          throw new IllegalArgumentException("elements of " + this + " are not integers");
    };
  }
}
