package reprise.tensor.ir;

import java.util.ArrayList;
import java.util.List;
import reprise.tensor.ir.Pointwise.Curve;
import reprise.tensor.ir.Pointwise.Pairing;

/** Words for {@link Pointwise} operations and small compositions of them. */
public final class Pointwises {
  private Pointwises() {}

  private static Value map(Value x, Curve curve, double a, double b) {
    return x.function().apply(new Pointwise.Map(curve, a, b), x);
  }

  /** x where positive, else slope x. */
  public static Value leakyRelu(Value x, double slope) {
    return map(x, Curve.LEAKY_RELU, slope, 0);
  }

  /** x where positive, else alpha (e^x - 1). */
  public static Value elu(Value x, double alpha) {
    return map(x, Curve.ELU, alpha, 0);
  }

  /** ln(1 + e^x). */
  public static Value softplus(Value x) {
    return map(x, Curve.SOFTPLUS, 0, 0);
  }

  /** The error function. */
  public static Value erf(Value x) {
    return map(x, Curve.ERF, 0, 0);
  }

  /** x Phi(x). */
  public static Value geluExact(Value x) {
    return map(x, Curve.GELU_ERF, 0, 0);
  }

  /** Sine. */
  public static Value sin(Value x) {
    return map(x, Curve.SIN, 0, 0);
  }

  /** Cosine. */
  public static Value cos(Value x) {
    return map(x, Curve.COS, 0, 0);
  }

  /** |x|. */
  public static Value abs(Value x) {
    return map(x, Curve.ABS, 0, 0);
  }

  /** -1, 0 or 1. */
  public static Value sign(Value x) {
    return map(x, Curve.SIGN, 0, 0);
  }

  /** The whole number not above x. */
  public static Value floor(Value x) {
    return map(x, Curve.FLOOR, 0, 0);
  }

  /** The whole number not below x. */
  public static Value ceil(Value x) {
    return map(x, Curve.CEIL, 0, 0);
  }

  /** The nearest whole number, ties to even. */
  public static Value round(Value x) {
    return map(x, Curve.ROUND, 0, 0);
  }

  /** min(max(x, low), high). */
  public static Value clamp(Value x, double low, double high) {
    return map(x, Curve.CLAMP, low, high);
  }

  /** x^exponent. */
  public static Value power(Value x, double exponent) {
    return map(x, Curve.POWER, exponent, 0);
  }

  /** ln(1 + x), exact near 0. */
  public static Value log1p(Value x) {
    return map(x, Curve.LOG1P, 0, 0);
  }

  /** e^x - 1, exact near 0. */
  public static Value expm1(Value x) {
    return map(x, Curve.EXPM1, 0, 0);
  }

  /** 1/sqrt(x). */
  public static Value rsqrt(Value x) {
    return map(x, Curve.RSQRT, 0, 0);
  }

  /** x as a constant: no derivative passes. */
  public static Value detach(Value x) {
    return x.function().apply(new Pointwise.Detach(), x);
  }

  /** a where the mask is not 0, else b; all of one shape. */
  public static Value where(Value mask, Value a, Value b) {
    return a.function().apply(new Pointwise.Select(), mask, a, b);
  }

  /**
   * a pairing b with broadcasting on both sides: axes count from the end, and one of extent 1, or
   * none at all, repeats.
   */
  public static Value zip(Pairing pairing, Value a, Value b) {
    Shape shape = common(a, b);
    return a.function().apply(new Pointwise.Zip(pairing), broadcast(a, shape), b);
  }

  /** a + b with broadcasting. */
  public static Value add(Value a, Value b) {
    return zip(Pairing.ADD, a, b);
  }

  /** a - b with broadcasting. */
  public static Value sub(Value a, Value b) {
    return zip(Pairing.SUB, a, b);
  }

  /** a b, element by element, with broadcasting. */
  public static Value mul(Value a, Value b) {
    return zip(Pairing.MUL, a, b);
  }

  /** a / b with broadcasting. */
  public static Value div(Value a, Value b) {
    return zip(Pairing.DIV, a, b);
  }

  /** The larger of each pair. */
  public static Value maximum(Value a, Value b) {
    return zip(Pairing.MAXIMUM, a, b);
  }

  /** The smaller of each pair. */
  public static Value minimum(Value a, Value b) {
    return zip(Pairing.MINIMUM, a, b);
  }

  /** 1 where a is less than b, else 0. */
  public static Value less(Value a, Value b) {
    return zip(Pairing.LESS, a, b);
  }

  /** 1 where a is greater than b, else 0. */
  public static Value greater(Value a, Value b) {
    return zip(Pairing.GREATER, a, b);
  }

  /** 1 where equal, else 0. */
  public static Value equal(Value a, Value b) {
    return zip(Pairing.EQUAL, a, b);
  }

  /** a_i b_j over the last axes: [.., m], [.., n] to [.., m, n]. */
  public static Value outer(Value a, Value b) {
    return mul(
        a.reshape(a.shape().append(1)), b.reshape(b.shape().withLast(1).append(b.shape().dim(-1))));
  }

  /** gate(a) b over the halves of the last axis: GLU, ReGLU, GEGLU, SwiGLU (Shazeer 2020). */
  public static Value gated(Value x, java.util.function.UnaryOperator<Value> gate) {
    int axis = x.shape().rank() - 1;
    int half = x.shape().dim(-1) / 2;
    TypeMismatch.require(half * 2 == x.shape().dim(-1), "an even last extent to gate", x.type());
    return gate.apply(x.slice(axis, 0, half)).mul(x.slice(axis, half, half));
  }

  /** x repeated to a shape its axes broadcast to. */
  public static Value broadcast(Value x, Shape to) {
    Value y = x;
    int lead = to.rank() - x.shape().rank();
    TypeMismatch.require(lead >= 0, "a value that broadcasts to " + to, x.type());
    // take out axes of extent 1 that repeat, from the last, then put in what repeats
    for (int k = x.shape().rank() - 1; k >= 0; k--) {
      int extent = x.shape().dim(k);
      int wanted = to.dim(lead + k);
      TypeMismatch.require(
          extent == wanted || extent == 1, "a value that broadcasts to " + to, x.type());
      if (extent != wanted) {
        List<Integer> dims = new ArrayList<>(y.shape().dims());
        dims.remove(k);
        y = y.reshape(new Shape(dims)).expand(k, wanted);
      }
    }
    return lead == 0
        ? y
        : y.expand(0, to.dims().subList(0, lead).stream().mapToInt(Integer::intValue).toArray());
  }

  /** The shape both broadcast to. */
  private static Shape common(Value a, Value b) {
    int rank = Math.max(a.shape().rank(), b.shape().rank());
    List<Integer> dims = new ArrayList<>();
    for (int k = rank; k >= 1; k--) {
      int x = k <= a.shape().rank() ? a.shape().dim(-k) : 1;
      int y = k <= b.shape().rank() ? b.shape().dim(-k) : 1;
      TypeMismatch.require(
          x == y || x == 1 || y == 1, "extents that broadcast with " + a.type(), b.type());
      dims.add(Math.max(x, y));
    }
    return new Shape(dims);
  }
}
