package reprise.tensor.reference;

import reprise.tensor.ir.Normalise;
import reprise.tensor.reference.Evaluator.Arg;

/** Normalisation over the last axis, row by row. */
final class NormaliseEval {
  private NormaliseEval() {}

  static Object[] evaluate(Normalise op, Arg[] in) {
    return switch (op) {
      case Normalise.LayerNorm l -> layerNorm(l.eps(), in);
      case Normalise.LayerNormGrad g -> layerNormGrad(g.bias(), in);
      case Normalise.RmsNorm r -> rmsNorm(r.eps(), in);
      case Normalise.RmsNormGrad _ -> rmsNormGrad(in);
      case Normalise.Softmax _ -> new Object[] {softmax(in[0])};
    };
  }

  private static Object[] layerNorm(double eps, Arg[] in) {
    int d = in[0].last();
    int rows = in[0].rows();
    double[] x = in[0].f();
    double[] y = new double[x.length];
    double[] mean = new double[rows];
    double[] rstd = new double[rows];
    for (int r = 0; r < rows; r++) {
      double sum = 0;
      for (int j = 0; j < d; j++) {
        sum += x[r * d + j];
      }
      mean[r] = sum / d;
      double var = 0;
      for (int j = 0; j < d; j++) {
        var += (x[r * d + j] - mean[r]) * (x[r * d + j] - mean[r]);
      }
      rstd[r] = 1 / Math.sqrt(var / d + eps);
      for (int j = 0; j < d; j++) {
        double bias = in.length > 2 ? in[2].f()[j] : 0;
        y[r * d + j] = (x[r * d + j] - mean[r]) * rstd[r] * in[1].f()[j] + bias;
      }
    }
    return new Object[] {y, mean, rstd};
  }

  /** With xhat = (x - mean) rstd, g = dy gain: dx = rstd (g - mean(g) - xhat mean(g xhat)). */
  private static Object[] layerNormGrad(boolean bias, Arg[] in) {
    int d = in[0].last();
    double[] gain = in[1].f();
    double[] dx = new double[in[0].f().length];
    double[] dgain = new double[d];
    double[] dbias = new double[d];
    for (int r = 0; r < in[0].rows(); r++) {
      double mean = in[2].f()[r];
      double rstd = in[3].f()[r];
      double mg = 0;
      double mgx = 0;
      for (int j = 0; j < d; j++) {
        double xhat = (in[0].f()[r * d + j] - mean) * rstd;
        double dy = in[4].f()[r * d + j];
        mg += dy * gain[j] / d;
        mgx += dy * gain[j] * xhat / d;
        dgain[j] += dy * xhat;
        dbias[j] += dy;
      }
      for (int j = 0; j < d; j++) {
        double xhat = (in[0].f()[r * d + j] - mean) * rstd;
        dx[r * d + j] = rstd * (in[4].f()[r * d + j] * gain[j] - mg - xhat * mgx);
      }
    }
    return bias ? new Object[] {dx, dgain, dbias} : new Object[] {dx, dgain};
  }

  private static Object[] rmsNorm(double eps, Arg[] in) {
    int d = in[0].last();
    double[] x = in[0].f();
    double[] y = new double[x.length];
    double[] rstd = new double[in[0].rows()];
    for (int r = 0; r < rstd.length; r++) {
      double sum = 0;
      for (int j = 0; j < d; j++) {
        sum += x[r * d + j] * x[r * d + j];
      }
      rstd[r] = 1 / Math.sqrt(sum / d + eps);
      for (int j = 0; j < d; j++) {
        y[r * d + j] = x[r * d + j] * rstd[r] * in[1].f()[j];
      }
    }
    return new Object[] {y, rstd};
  }

  /** With xhat = x rstd, g = dy gain: dx = rstd (g - xhat mean(g xhat)). */
  private static Object[] rmsNormGrad(Arg[] in) {
    int d = in[0].last();
    double[] dx = new double[in[0].f().length];
    double[] dgain = new double[d];
    for (int r = 0; r < in[0].rows(); r++) {
      double rstd = in[2].f()[r];
      double mgx = 0;
      for (int j = 0; j < d; j++) {
        double xhat = in[0].f()[r * d + j] * rstd;
        double dy = in[3].f()[r * d + j];
        mgx += dy * in[1].f()[j] * xhat / d;
        dgain[j] += dy * xhat;
      }
      for (int j = 0; j < d; j++) {
        double xhat = in[0].f()[r * d + j] * rstd;
        dx[r * d + j] = rstd * (in[3].f()[r * d + j] * in[1].f()[j] - xhat * mgx);
      }
    }
    return new Object[] {dx, dgain};
  }

  private static double[] softmax(Arg x) {
    int d = x.last();
    double[] y = x.f().clone();
    for (int r = 0; r < x.rows(); r++) {
      double lse = LossEval.logSumExp(y, r * d, d);
      for (int j = 0; j < d; j++) {
        y[r * d + j] = Math.exp(y[r * d + j] - lse);
      }
    }
    return y;
  }
}
