package reprise.tensor.ir;

import reprise.tensor.ir.Elementwise.Function;

/**
 * Second derivatives of the functions of one variable, written in elementary nodes, so that they
 * can be differentiated again and again.
 */
final class SecondDerivative {
  /** 2 sqrt(2/pi): GELU(x) = x s(v(x)) with v(x) = 2 sqrt(2/pi) (x + 0.044715 x^3). */
  private static final double GELU_SCALE = 2 * 0.7978845608028654;

  private static final double GELU_CUBIC = 0.044715;

  private SecondDerivative() {}

  /** f''(x) of the shape of x, or null where it is zero almost everywhere. */
  static Value of(Function function, Value x) {
    return switch (function) {
      case EXP -> x.exp();
      // -1/x^2
      case LOG -> reciprocal(x).square().scale(-1);
      // -1/(4 x sqrt(x))
      case SQRT -> reciprocal(x.mul(x.sqrt())).scale(-0.25);
      case SQUARE -> x.function().fill(2, x.type());
      // 2/x^3
      case RECIPROCAL -> {
        Value y = reciprocal(x);
        yield y.square().mul(y).scale(2);
      }
      // -2 y (1 - y^2)
      case TANH -> {
        Value y = x.tanh();
        yield y.mul(y.square().affine(2, -2));
      }
      // s (1 - s) (1 - 2 s)
      case SIGMOID -> {
        Value s = x.sigmoid();
        yield slope(s).mul(s.affine(-2, 1));
      }
      case RELU -> null;
      case GELU -> gelu(x);
      // x s(x): s (1 - s) (2 + x (1 - 2 s))
      case SILU -> {
        Value s = x.sigmoid();
        yield slope(s).mul(s.affine(-2, 1).mul(x).affine(1, 2));
      }
      // density (2 - x^2)
      case GELU_EXACT -> {
        Value square = x.square();
        Value density = square.scale(-0.5).exp().scale(1 / Math.sqrt(2 * Math.PI));
        yield density.mul(square.affine(-1, 2));
      }
    };
  }

  /** (x s(v))'' = s (1 - s) (2 v' + x v'' + x v'^2 (1 - 2 s)). */
  private static Value gelu(Value x) {
    Value square = x.square();
    Value v = square.affine(GELU_CUBIC, 1).mul(x).scale(GELU_SCALE);
    Value first = square.affine(3 * GELU_CUBIC * GELU_SCALE, GELU_SCALE);
    // x v'' = 6 c b x^2
    Value second = square.scale(6 * GELU_CUBIC * GELU_SCALE);
    Value s = v.sigmoid();
    Value bend = first.square().mul(x).mul(s.affine(-2, 1));
    return slope(s).mul(first.scale(2).add(second).add(bend));
  }

  /** s (1 - s). */
  private static Value slope(Value s) {
    return s.mul(s.affine(-1, 1));
  }

  private static Value reciprocal(Value x) {
    return x.function().apply(new Elementwise.Unary(Function.RECIPROCAL), x);
  }
}
