package reprise.tensor.reference;

import reprise.tensor.ir.Pointwise;
import reprise.tensor.ir.Shape;
import reprise.tensor.reference.Evaluator.Arg;

/** Further functions of elements and pairs, in double. */
final class PointwiseEval {
  private PointwiseEval() {}

  static Object[] evaluate(Pointwise op, Arg[] in) {
    double[] x = in[0].f();
    double[] y = new double[in[op instanceof Pointwise.Select ? 1 : 0].f().length];
    for (int i = 0; i < y.length; i++) {
      y[i] =
          switch (op) {
            case Pointwise.Map m -> value(m.curve(), x[i], m.a(), m.b());
            case Pointwise.MapGrad m -> in[1].f()[i] * slope(m.curve(), x[i], m.a(), m.b());
            case Pointwise.Zip z ->
                pair(z.pairing(), x[i], in[1].f()[other(i, in[0], in[1].type().shape())]);
            case Pointwise.Select _ -> x[i] != 0 ? in[1].f()[i] : in[2].f()[i];
            case Pointwise.Detach _ -> x[i];
          };
    }
    return new Object[] {y};
  }

  /** Element of b that stands for element i of a. */
  private static int other(int i, Arg a, Shape b) {
    int at = 0;
    int stride = 1;
    int rest = i;
    for (int k = 1; k <= b.rank(); k++) {
      int extent = a.type().shape().dim(-k);
      at += b.dim(-k) == 1 ? 0 : rest % extent * stride;
      stride *= b.dim(-k);
      rest /= extent;
    }
    return at;
  }

  private static double pair(Pointwise.Pairing p, double a, double b) {
    return switch (p) {
      case ADD -> a + b;
      case SUB -> a - b;
      case MUL -> a * b;
      case DIV -> a / b;
      case MAXIMUM -> Math.max(a, b);
      case MINIMUM -> Math.min(a, b);
      case POWER -> Math.pow(a, b);
      case EQUAL -> a == b ? 1 : 0;
      case NOT_EQUAL -> a != b ? 1 : 0;
      case LESS -> a < b ? 1 : 0;
      case LESS_EQUAL -> a <= b ? 1 : 0;
      case GREATER -> a > b ? 1 : 0;
      case GREATER_EQUAL -> a >= b ? 1 : 0;
    };
  }

  private static double value(Pointwise.Curve c, double x, double a, double b) {
    return switch (c) {
      case LEAKY_RELU -> x > 0 ? x : a * x;
      case ELU -> x > 0 ? x : a * Math.expm1(x);
      case SOFTPLUS -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
      case ERF -> erf(x);
      case GELU_ERF -> x * normal(x);
      case SIN -> Math.sin(x);
      case COS -> Math.cos(x);
      case ABS -> Math.abs(x);
      case SIGN -> Math.signum(x);
      case FLOOR -> Math.floor(x);
      case CEIL -> Math.ceil(x);
      case ROUND -> Math.rint(x);
      case CLAMP -> Math.min(Math.max(x, a), b);
      case POWER -> Math.pow(x, a);
      case LOG1P -> Math.log1p(x);
      case EXPM1 -> Math.expm1(x);
      case RSQRT -> 1 / Math.sqrt(x);
    };
  }

  private static double slope(Pointwise.Curve c, double x, double a, double b) {
    return switch (c) {
      case LEAKY_RELU -> x > 0 ? 1 : a;
      case ELU -> x > 0 ? 1 : a * Math.exp(x);
      case SOFTPLUS -> 1 / (1 + Math.exp(-x));
      case ERF -> 2 / Math.sqrt(Math.PI) * Math.exp(-x * x);
      case GELU_ERF -> normal(x) + x * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
      case SIN -> Math.cos(x);
      case COS -> -Math.sin(x);
      case ABS -> Math.signum(x);
      case SIGN, FLOOR, CEIL, ROUND -> 0;
      case CLAMP -> x >= a && x <= b ? 1 : 0;
      case POWER -> a * Math.pow(x, a - 1);
      case LOG1P -> 1 / (1 + x);
      case EXPM1 -> Math.exp(x);
      case RSQRT -> -0.5 / (x * Math.sqrt(x));
    };
  }

  /** Phi(x) = erfc(-x/sqrt 2)/2. */
  private static double normal(double x) {
    double z = x / Math.sqrt(2);
    return x < 0 ? erfc(-z) / 2 : 1 - erfc(z) / 2;
  }

  private static double erf(double x) {
    return Math.abs(x) < 2.5 ? series(x) : Math.copySign(1 - erfc(Math.abs(x)), x);
  }

  /** erf: 2/sqrt(pi) e^-x^2 sum_n 2^n x^(2n+1) / (1 3 5 .. (2n+1)), all terms of one sign. */
  private static double series(double x) {
    double term = x;
    double sum = x;
    for (int n = 1; Math.abs(term) > 1e-18 * Math.abs(sum); n++) {
      term *= 2 * x * x / (2 * n + 1);
      sum += term;
    }
    return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
  }

  /**
   * erfc for x >= 0: 1 - erf, from 2.5 by its continued fraction (Abramowitz and Stegun 7.1.14).
   */
  private static double erfc(double x) {
    if (x < 2.5) {
      return 1 - series(x);
    }
    double c = x;
    for (int k = 120; k >= 1; k--) {
      c = x + k / 2.0 / c;
    }
    return Math.exp(-x * x) / Math.sqrt(Math.PI) / c;
  }
}
