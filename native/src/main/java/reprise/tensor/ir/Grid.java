package reprise.tensor.ir;

/** A set of representable numbers for simulated low precision. */
public sealed interface Grid {
  /** What the largest exponent of a floating format is for. */
  enum Specials {
    /** Infinities and NaNs, as in IEEE 754: E5M2, E5M10, E8M7. */
    IEEE,
    /** One NaN where all bits are set, no infinity: the E4M3 of OCP 8-bit floating point. */
    NAN,
    /** Numbers like any other: the E2M1, E3M2 and E2M3 of OCP microscaling formats. */
    NONE
  }

  /**
   * A binary floating format with sign, subnormals and bias 2^(exponent-1) - 1.
   *
   * @param exponent bits of the exponent, 1..8
   * @param mantissa bits behind the point, 0..23
   * @param specials what the largest exponent is for
   * @param saturate whether larger values (infinities too) become the largest one; otherwise they
   *     become infinite (IEEE) or NaN
   */
  record Floating(int exponent, int mantissa, Specials specials, boolean saturate) implements Grid {
    public Floating {
      if (exponent < 1 || exponent > 8 || mantissa < 0 || mantissa > 23) {
        throw new IllegalArgumentException(
            "a floating format has 1..8 exponent bits and 0..23 mantissa bits, got E"
                + exponent
                + "M"
                + mantissa);
      }
      if (specials == Specials.NONE && !saturate) {
        throw new IllegalArgumentException(
            "E" + exponent + "M" + mantissa + " without infinity and NaN must saturate");
      }
      double max = max(exponent, mantissa, specials);
      if (!(max > 0 && max <= Float.MAX_VALUE)) {
        throw new IllegalArgumentException(
            "E"
                + exponent
                + "M"
                + mantissa
                + " with specials "
                + specials
                + " would have the largest value "
                + max
                + ", which must be positive and within f32");
      }
    }

    /** The largest finite value. */
    @Override
    public double max() {
      return max(exponent, mantissa, specials);
    }

    /** The exponent of the smallest normal number, 1 - bias. */
    public int minExponent() {
      return 2 - (1 << (exponent - 1));
    }

    private static double max(int exponent, int mantissa, Specials specials) {
      int field = (1 << exponent) - (specials == Specials.IEEE ? 2 : 1);
      int steps = (1 << mantissa) - 1;
      if (specials == Specials.NAN) {
        field -= mantissa == 0 ? 1 : 0;
        steps -= mantissa == 0 ? 0 : 1;
      }
      int bias = (1 << (exponent - 1)) - 1;
      double fraction = steps * Math.scalb(1.0, -mantissa);
      return field == 0 ? Math.scalb(fraction, 1 - bias) : Math.scalb(1 + fraction, field - bias);
    }
  }

  /**
   * Whole numbers times a scale.
   *
   * @param bits 2..16
   * @param symmetric -(2^(bits-1) - 1) .. 2^(bits-1) - 1; otherwise 0 .. 2^bits - 1 less a zero
   *     point, so that the range of a block is used from its smallest to its largest value
   */
  record Whole(int bits, boolean symmetric) implements Grid {
    public Whole {
      if (bits < 2 || bits > 16) {
        throw new IllegalArgumentException("whole numbers have 2..16 bits, got " + bits);
      }
    }

    /** The largest whole number. */
    @Override
    public double max() {
      return symmetric ? (1 << (bits - 1)) - 1 : (1 << bits) - 1;
    }
  }

  /** How a block of values gets its scale s, so that x/s is rounded to the grid. */
  enum Scale {
    /** s = 1. */
    NONE,
    /**
     * A power of two: 2^(floor(log2 amax) - floor(log2 max)) for floating formats (OCP microscaling
     * formats v1.0, section 6.3), the smallest one that does not clip for whole numbers.
     */
    POWER_OF_TWO,
    /** amax/max in f32; (largest - smallest)/max for asymmetric whole numbers. */
    F32
  }

  /**
   * Which values share a scale: runs of {@code block} along an axis, the last one perhaps shorter.
   *
   * @param scale how
   * @param axis the axis; -1 for the whole tensor
   * @param block length of a run; 0 for the whole axis
   */
  record Blocks(Scale scale, int axis, int block) {
    public Blocks {
      if (axis < -1 || block < 0) {
        throw new IllegalArgumentException(
            "blocks need an axis (-1 for the whole tensor) and a length (0 for the whole axis), got "
                + axis
                + " and "
                + block);
      }
    }

    /** No scale at all. */
    public static Blocks none() {
      return new Blocks(Scale.NONE, -1, 0);
    }

    /** One f32 scale. */
    public static Blocks tensor() {
      return new Blocks(Scale.F32, -1, 0);
    }

    /** One f32 scale for each line along an axis: per channel of all other axes. */
    public static Blocks along(int axis) {
      return new Blocks(Scale.F32, axis, 0);
    }

    /** One power of two for each 32 values along an axis (OCP microscaling formats). */
    public static Blocks microscaling(int axis) {
      return new Blocks(Scale.POWER_OF_TWO, axis, 32);
    }
  }

  /** E4M3: largest value 448, no infinity. */
  Floating E4M3 = new Floating(4, 3, Specials.NAN, true);

  /** E5M2: largest value 57344. */
  Floating E5M2 = new Floating(5, 2, Specials.IEEE, true);

  /** E2M1: 0, .5, 1, 1.5, 2, 3, 4, 6. */
  Floating E2M1 = new Floating(2, 1, Specials.NONE, true);

  /** E3M0: powers of two. */
  Floating E3M0 = new Floating(3, 0, Specials.NONE, true);

  /** bfloat16. */
  Floating BF16 = new Floating(8, 7, Specials.IEEE, true);

  /** IEEE binary16. */
  Floating FP16 = new Floating(5, 10, Specials.IEEE, true);

  /** Eight bits, -127 .. 127. */
  Whole INT8 = new Whole(8, true);

  /** Four bits, -7 .. 7. */
  Whole INT4 = new Whole(4, true);

  /** The largest finite value. */
  double max();
}
