package reprise.tensor.reference;

import reprise.tensor.ir.Recurrent;
import reprise.tensor.reference.Evaluator.Arg;

/** Gates of recurrent cells, element by element. */
final class RecurrentEval {
  private RecurrentEval() {}

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  static Object[] evaluate(Recurrent op, Arg[] in) {
    boolean lstm = op instanceof Recurrent.Lstm || op instanceof Recurrent.LstmGrad;
    Arg state = in[lstm ? 1 : 2];
    int width = state.last();
    double[] a = new double[state.f().length];
    double[] b = new double[a.length];
    double[] dx = new double[in[0].f().length];
    double[] ds = new double[dx.length];
    double[] x = in[0].f();
    for (int k = 0; k < a.length; k++) {
      int at = k / width * width * (lstm ? 4 : 3) + k % width;
      switch (op) {
        case Recurrent.Lstm _ -> {
          b[k] =
              sigmoid(x[at + width]) * state.f()[k] + sigmoid(x[at]) * Math.tanh(x[at + 2 * width]);
          a[k] = sigmoid(x[at + 3 * width]) * Math.tanh(b[k]);
        }
        case Recurrent.LstmGrad _ -> {
          double i = sigmoid(x[at]);
          double f = sigmoid(x[at + width]);
          double g = Math.tanh(x[at + 2 * width]);
          double o = sigmoid(x[at + 3 * width]);
          double t = Math.tanh(in[2].f()[k]);
          double dh = in[3].f()[k];
          double dc = in[4].f()[k] + dh * o * (1 - t * t);
          dx[at] = dc * g * i * (1 - i);
          dx[at + width] = dc * state.f()[k] * f * (1 - f);
          dx[at + 2 * width] = dc * i * (1 - g * g);
          dx[at + 3 * width] = dh * t * o * (1 - o);
          a[k] = dc * f;
        }
        case Recurrent.Gru _, Recurrent.GruGrad _ -> {
          double[] s = in[1].f();
          double r = sigmoid(x[at] + s[at]);
          double u = sigmoid(x[at + width] + s[at + width]);
          double n = Math.tanh(x[at + 2 * width] + r * s[at + 2 * width]);
          if (op instanceof Recurrent.Gru) {
            a[k] = (1 - u) * n + u * state.f()[k];
            continue;
          }
          double d = in[3].f()[k];
          double dn = d * (1 - u) * (1 - n * n);
          double dr = dn * s[at + 2 * width] * r * (1 - r);
          double du = d * (state.f()[k] - n) * u * (1 - u);
          dx[at] = dr;
          ds[at] = dr;
          dx[at + width] = du;
          ds[at + width] = du;
          dx[at + 2 * width] = dn;
          ds[at + 2 * width] = dn * r;
          a[k] = d * u;
        }
      }
    }
    return switch (op) {
      case Recurrent.Lstm _ -> new Object[] {a, b};
      case Recurrent.LstmGrad _ -> new Object[] {dx, a};
      case Recurrent.Gru _ -> new Object[] {a};
      case Recurrent.GruGrad _ -> new Object[] {dx, ds, a};
    };
  }
}
