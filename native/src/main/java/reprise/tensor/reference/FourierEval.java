package reprise.tensor.reference;

import reprise.tensor.ir.Fourier;
import reprise.tensor.reference.Evaluator.Arg;

/** Transforms by their sums. */
final class FourierEval {
  private FourierEval() {}

  static Object[] evaluate(Fourier op, Arg[] in) {
    double[] x = in[0].f();
    double[] y = new double[x.length];
    switch (op) {
      case Fourier.Fft f -> {
        int n = in[0].type().shape().dim(-2);
        double turn = (f.inverse() ? 2 : -2) * Math.PI / n;
        for (int at = 0; at < x.length; at += 2 * n) {
          for (int k = 0; k < n; k++) {
            for (int j = 0; j < n; j++) {
              double angle = turn * ((long) j * k % n);
              double c = Math.cos(angle) / (f.inverse() ? n : 1);
              double s = Math.sin(angle) / (f.inverse() ? n : 1);
              y[at + 2 * k] += c * x[at + 2 * j] - s * x[at + 2 * j + 1];
              y[at + 2 * k + 1] += s * x[at + 2 * j] + c * x[at + 2 * j + 1];
            }
          }
        }
      }
      case Fourier.Walsh _ -> {
        int n = in[0].last();
        for (int i = 0; i < x.length; i++) {
          for (int j = 0; j < n; j++) {
            double sign = Integer.bitCount(i % n & j) % 2 == 0 ? 1 : -1;
            y[i] += sign * x[i / n * n + j] / Math.sqrt(n);
          }
        }
      }
    }
    return new Object[] {y};
  }
}
