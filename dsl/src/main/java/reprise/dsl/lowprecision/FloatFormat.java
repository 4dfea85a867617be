package reprise.dsl.lowprecision;

/**
 * A floating-point format: a sign, E exponent and M mantissa bits, subnormal numbers, the nearest
 * number with ties to even, no codes for infinity and NaN unless it has eight exponent bits.
 *
 * @param exponentBits E, 1 to 8
 * @param mantissaBits M, 1 to 7
 */
public record FloatFormat(int exponentBits, int mantissaBits) {
  /** bfloat16. */
  public static final FloatFormat E8M7 = new FloatFormat(8, 7);

  /** The more exact of the usual 8-bit formats. */
  public static final FloatFormat E4M3 = new FloatFormat(4, 3);

  /** The usual 4-bit format. */
  public static final FloatFormat E2M1 = new FloatFormat(2, 1);

  /** Four bits, more of them for the mantissa. */
  public static final FloatFormat E1M2 = new FloatFormat(1, 2);

  /** Three bits: 0, 1, 2, 3 times a scale. */
  public static final FloatFormat E1M1 = new FloatFormat(1, 1);

  private static final int MOST_EXPONENT = 8;
  private static final int MOST_MANTISSA = 7;

  public FloatFormat {
    if (exponentBits < 1
        || exponentBits > MOST_EXPONENT
        || mantissaBits < 1
        || mantissaBits > MOST_MANTISSA) {
      throw new IllegalArgumentException(
          "a format has 1 to 8 exponent bits and 1 to 7 mantissa bits, got E"
              + exponentBits
              + "M"
              + mantissaBits);
    }
  }

  /** P, with the sign. */
  public int bits() {
    return 1 + exponentBits + mantissaBits;
  }

  /** Whether its range is that of 32-bit floats, so that a scale would change nothing. */
  public boolean wide() {
    return exponentBits == MOST_EXPONENT;
  }

  /** Such as {@code E4M3}. */
  @Override
  public String toString() {
    return "E" + exponentBits + "M" + mantissaBits;
  }
}
