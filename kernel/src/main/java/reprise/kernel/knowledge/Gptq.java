package reprise.kernel.knowledge;

import java.util.Arrays;
import java.util.List;
import reprise.tensor.Session;
import reprise.tensor.ir.Grid;
import reprise.tensor.ir.Shape;

/**
 * Rounding with error feedback (Frantar et al. 2022, "GPTQ", arXiv 2210.17323, algorithm 1): the
 * matrices of the blocks one after the other, each calibrated with those before it rounded; inputs
 * one after the other, the error of each spread over those that follow by the inverse of X'X. The
 * grid is that of rounding to the nearest, one scale for each output. Each expert is a matrix of
 * its own, calibrated with the tokens that it takes; one that takes none is rounded to the nearest.
 */
final class Gptq {
  private static final String GRAM = "gram.";

  /** Of the mean diagonal of X'X, added to it. */
  private static final double DAMP = 0.01;

  private final Session session;
  private final Grid.Whole grid;

  Gptq(Session session, Grid.Whole grid) {
    this.session = session;
    this.grid = grid;
  }

  /** Rounds all matrices that the program calibrates. */
  void round() {
    List<String> matrices =
        session.program().function("calibrate").outputs().keySet().stream()
            .filter(name -> name.startsWith(GRAM))
            .map(name -> name.substring(GRAM.length()))
            .toList();
    for (String matrix : matrices) {
      session.run("calibrate", 1).orThrow();
      float[] gram = session.output("calibrate", GRAM + matrix);
      Shape shape = session.program().state(matrix).type().shape();
      int in = shape.dim(-2);
      session.write(matrix, rounded(session.read(matrix), gram, in, shape.dim(-1)));
    }
  }

  /** Matrices [.., in, out] one after the other, given X'X [.., in, in] of their inputs. */
  private float[] rounded(float[] weights, float[] gram, int in, int out) {
    float[] all = new float[weights.length];
    for (int m = 0; m < weights.length / (in * out); m++) {
      float[] matrix = Arrays.copyOfRange(weights, m * in * out, (m + 1) * in * out);
      float[] inputs = Arrays.copyOfRange(gram, m * in * in, (m + 1) * in * in);
      System.arraycopy(rounded(matrix, inputs), 0, all, m * in * out, in * out);
    }
    return all;
  }

  /** A matrix [in, out] given X'X [in, in] of its inputs. */
  private float[] rounded(float[] weights, float[] gram) {
    int n = (int) Math.round(Math.sqrt(gram.length));
    int out = weights.length / n;
    double[][] feedback = feedback(gram, n);
    double[] scale = scales(weights, n, out);
    double[] w = new double[weights.length];
    for (int i = 0; i < w.length; i++) {
      w[i] = weights[i];
    }
    for (int i = 0; i < n; i++) {
      for (int c = 0; c < out; c++) {
        double q = scale[c] == 0 ? 0 : scale[c] * Math.rint(w[i * out + c] / scale[c]);
        double limit = scale[c] * grid.max();
        q = Math.clamp(q, -limit, limit);
        // the error over U_ii, times row i of U, is taken from the inputs that follow
        double error = (w[i * out + c] - q) / feedback[i][i];
        w[i * out + c] = q;
        for (int j = i + 1; j < n; j++) {
          w[j * out + c] -= error * feedback[i][j];
        }
      }
    }
    float[] result = new float[w.length];
    for (int i = 0; i < w.length; i++) {
      result[i] = (float) w[i];
    }
    return result;
  }

  private double[] scales(float[] weights, int n, int out) {
    double[] scale = new double[out];
    for (int i = 0; i < n * out; i++) {
      scale[i % out] = Math.max(scale[i % out], Math.abs(weights[i]) / grid.max());
    }
    return scale;
  }

  /** U with U'U = (X'X + damp I)^-1, upper triangular. */
  private static double[][] feedback(float[] gram, int n) {
    double mean = 0;
    for (int i = 0; i < n; i++) {
      mean += gram[i * n + i] / (double) n;
    }
    double[][] h = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        h[i][j] = gram[i * n + j] + (i == j ? DAMP * mean + 1e-12 : 0);
      }
    }
    double[][] inverse = inverse(cholesky(h));
    double[][] lower = cholesky(inverse);
    double[][] upper = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        upper[j][i] = lower[i][j];
      }
    }
    return upper;
  }

  /** L with L L' = a. */
  private static double[][] cholesky(double[][] a) {
    int n = a.length;
    double[][] l = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = a[i][j];
        for (int k = 0; k < j; k++) {
          sum -= l[i][k] * l[j][k];
        }
        if (i == j && !(sum > 0)) {
          throw new IllegalStateException(
              "GPTQ: the inputs of a matrix have no inverse; pivot " + i + " is " + sum);
        }
        l[i][j] = i == j ? Math.sqrt(sum) : sum / l[j][j];
      }
    }
    return l;
  }

  /** (L L')^-1, column by column. */
  private static double[][] inverse(double[][] l) {
    int n = l.length;
    double[][] x = new double[n][n];
    for (int c = 0; c < n; c++) {
      double[] y = new double[n];
      for (int i = c; i < n; i++) {
        double sum = i == c ? 1 : 0;
        for (int k = c; k < i; k++) {
          sum -= l[i][k] * y[k];
        }
        y[i] = sum / l[i][i];
      }
      for (int i = n - 1; i >= 0; i--) {
        double sum = y[i];
        for (int k = i + 1; k < n; k++) {
          sum -= l[k][i] * x[k][c];
        }
        x[i][c] = sum / l[i][i];
      }
    }
    return x;
  }
}
