package reprise.tensor.reference;

import reprise.tensor.ir.Elementwise;
import reprise.tensor.reference.Evaluator.Arg;

/** Element by element, in double. */
final class ElementwiseEval {
  /** sqrt(2/pi). */
  private static final double GELU_SCALE = 0.7978845608028654;

  private static final double GELU_CUBIC = 0.044715;

  private ElementwiseEval() {}

  static Object evaluate(Elementwise op, Arg[] in) {
    return switch (op) {
      case Elementwise.Unary u -> {
        double[] y = in[0].f().clone();
        for (int i = 0; i < y.length; i++) {
          y[i] = value(u.function(), y[i]);
        }
        yield y;
      }
      case Elementwise.UnaryGrad u -> {
        double[] dx = in[1].f().clone();
        for (int i = 0; i < dx.length; i++) {
          dx[i] *= derivative(u.function(), in[0].f()[i]);
        }
        yield dx;
      }
      case Elementwise.Binary b -> {
        double[] y = in[0].f().clone();
        double[] other = in[1].f();
        for (int i = 0; i < y.length; i++) {
          double v = other[i % other.length];
          y[i] =
              switch (b.operator()) {
                case ADD -> y[i] + v;
                case SUB -> y[i] - v;
                case MUL -> y[i] * v;
                case DIV -> y[i] / v;
              };
        }
        yield y;
      }
      case Elementwise.Affine a -> {
        double[] y = in[0].f().clone();
        for (int i = 0; i < y.length; i++) {
          y[i] = a.scale() * y[i] + a.shift();
        }
        yield y;
      }
      case Elementwise.Increment n -> {
        int[] y = in[0].i().clone();
        for (int i = 0; i < y.length; i++) {
          y[i] += n.by();
        }
        yield y;
      }
      case Elementwise.ToFloat _ -> {
        double[] y = new double[in[0].i().length];
        for (int i = 0; i < y.length; i++) {
          y[i] = in[0].i()[i];
        }
        yield y;
      }
    };
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /** P(X < x) = 1/2 + density(x) (x + x^3/3 + x^5/(3 5) + ..), X standard normal. */
  private static double normalShare(double x) {
    if (Math.abs(x) > 9) {
      return x > 0 ? 1 : 0;
    }
    double term = x;
    double sum = 0;
    for (int n = 1; Math.abs(term) > 1e-18 * Math.abs(sum); n++) {
      sum += term;
      term *= x * x / (2 * n + 1);
    }
    return 0.5 + sum * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }

  private static double value(Elementwise.Function f, double x) {
    return switch (f) {
      case EXP -> Math.exp(x);
      case LOG -> Math.log(x);
      case SQRT -> Math.sqrt(x);
      case SQUARE -> x * x;
      case RECIPROCAL -> 1 / x;
      case TANH -> Math.tanh(x);
      case SIGMOID -> sigmoid(x);
      case RELU -> Math.max(x, 0);
      case GELU -> x / 2 * (1 + Math.tanh(GELU_SCALE * (x + GELU_CUBIC * x * x * x)));
      case SILU -> x * sigmoid(x);
      case GELU_EXACT -> x * normalShare(x);
    };
  }

  private static double derivative(Elementwise.Function f, double x) {
    return switch (f) {
      case EXP -> Math.exp(x);
      case LOG -> 1 / x;
      case SQRT -> 0.5 / Math.sqrt(x);
      case SQUARE -> 2 * x;
      case RECIPROCAL -> -1 / (x * x);
      case TANH -> 1 - Math.tanh(x) * Math.tanh(x);
      case SIGMOID -> sigmoid(x) * (1 - sigmoid(x));
      case RELU -> x > 0 ? 1 : 0;
      case GELU -> {
        double t = Math.tanh(GELU_SCALE * (x + GELU_CUBIC * x * x * x));
        double inner = GELU_SCALE * (1 + 3 * GELU_CUBIC * x * x);
        yield (1 + t) / 2 + x / 2 * (1 - t * t) * inner;
      }
      case SILU -> sigmoid(x) * (1 + x * (1 - sigmoid(x)));
      case GELU_EXACT -> normalShare(x) + x * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    };
  }
}
