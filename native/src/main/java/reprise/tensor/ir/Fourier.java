package reprise.tensor.ir;

import static reprise.tensor.ir.TypeMismatch.count;
import static reprise.tensor.ir.TypeMismatch.f32;
import static reprise.tensor.ir.TypeMismatch.require;

import java.util.List;

/** Discrete transforms, in double inside. Complex numbers are pairs in a last axis of extent 2. */
public sealed interface Fourier extends Op {
  /**
   * y_k = sum_j x_j e^(-2 pi i jk/n) along the axis before the pairs, any n; the inverse has the
   * other sign and 1/n. Operand x [.., n, 2].
   */
  record Fft(boolean inverse) implements Fourier {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 1);
      f32(in.get(0), "operand");
      Shape s = in.get(0).shape();
      require(s.rank() >= 2 && s.dim(-1) == 2, "complex numbers [.., n, 2]", in.get(0));
      require(s.dim(-2) <= 1 << 20, "at most 2^20 numbers in a line", in.get(0));
      return in;
    }
  }

  /**
   * y_k = sum_j (-1)^popcount(j and k) x_j / sqrt(n) along the last axis, n a power of two: the
   * orthonormal Walsh-Hadamard transform, its own inverse and derivative.
   */
  record Walsh() implements Fourier {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 1);
      f32(in.get(0), "operand");
      Shape s = in.get(0).shape();
      require(
          s.rank() >= 1 && Integer.bitCount(s.dim(-1)) == 1,
          "a last extent that is a power of two",
          in.get(0));
      return in;
    }
  }

  /** The transform of complex numbers [.., n, 2]. */
  static Value fft(Value x) {
    return x.function().apply(new Fft(false), x);
  }

  /** The inverse transform of complex numbers [.., n, 2]. */
  static Value inverseFft(Value x) {
    return x.function().apply(new Fft(true), x);
  }

  /** Frequencies 0 .. n/2 of real numbers [.., n]: complex [.., n/2 + 1, 2]. */
  static Value realFft(Value x) {
    int rank = x.shape().rank();
    Value pairs = x.function().apply(new Layout.Pad(rank, 0, 1), x.reshape(x.shape().append(1)));
    return fft(pairs).slice(rank - 1, 0, x.shape().dim(-1) / 2 + 1);
  }

  /** Real numbers [.., n] from their frequencies 0 .. n/2. */
  static Value inverseRealFft(Value y, int n) {
    int axis = y.shape().rank() - 2;
    int half = n / 2 + 1;
    require(y.shape().dim(axis) == half, half + " frequencies for " + n + " numbers", y.type());
    // Re sum_k: the frequencies in between stand for their conjugates too, whose sum is twice the
    // real part
    int between = n - half;
    Value all = y.slice(axis, 0, 1);
    if (between > 0) {
      all = Arrangements.concat(axis, all, y.slice(axis, 1, between).scale(2));
    }
    if (half - 1 > between) {
      all = Arrangements.concat(axis, all, y.slice(axis, half - 1, 1));
    }
    Value full = y.function().apply(new Layout.Pad(axis, 0, n - half), all);
    return inverseFft(full).slice(axis + 1, 0, 1).reshape(y.shape().withoutLast().withLast(n));
  }

  /** The orthonormal Walsh-Hadamard transform along the last axis. */
  static Value walsh(Value x) {
    return x.function().apply(new Walsh(), x);
  }
}
