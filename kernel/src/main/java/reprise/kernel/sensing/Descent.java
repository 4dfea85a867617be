package reprise.kernel.sensing;

import java.util.SplittableRandom;
import reprise.dsl.sensing.Factors;
import reprise.dsl.sensing.SensingTrial;

/**
 * Gradient descent on factors. Shapes: unknown M [n, n], factors F, H [n, k] (one and the same when
 * symmetric), measurements A [m, n n], all rows one after the other.
 */
final class Descent {
  private static final double SECOND_FACTOR = 1 / 3.0;

  private final int n;
  private final int k;
  private final double rate;
  private final boolean symmetric;
  private final double[] unknown;
  private final double[][] measurements;
  private double[] left;
  private double[] right;

  Descent(SensingTrial trial) {
    SplittableRandom random = new SplittableRandom(trial.seed());
    n = trial.target().size();
    k = trial.rank();
    rate = trial.rate();
    symmetric = trial.factors() == Factors.SYMMETRIC;
    unknown = unknown(trial, random);
    measurements = new double[trial.measurements()][];
    for (int i = 0; i < measurements.length; i++) {
      measurements[i] = normal(n * n, 1 / Math.sqrt(trial.measurements()), random);
    }
    left = normal(n * k, trial.scale() / Math.sqrt(n), random);
    right = symmetric ? left : normal(n * k, trial.scale() * SECOND_FACTOR / Math.sqrt(n), random);
  }

  private static double[] normal(int size, double deviation, SplittableRandom random) {
    double[] x = new double[size];
    for (int i = 0; i < size; i++) {
      x[i] = deviation * random.nextGaussian();
    }
    return x;
  }

  /** {@code sum_j lambda_j q_j q_j'}, q an orthonormal system of drawn directions. */
  private double[] unknown(SensingTrial trial, SplittableRandom random) {
    double[] m = new double[n * n];
    double[][] q = new double[trial.trueRank()][];
    for (int j = 0; j < q.length; j++) {
      q[j] = normal(n, 1, random);
      for (int pass = 0; pass < 2; pass++) { // twice is enough (Kahan and Parlett)
        for (int i = 0; i < j; i++) {
          subtract(q[j], q[i], dot(q[j], q[i]));
        }
      }
      double length = Math.sqrt(dot(q[j], q[j]));
      for (int a = 0; a < n; a++) {
        q[j][a] /= length;
      }
      for (int a = 0; a < n; a++) {
        for (int b = 0; b < n; b++) {
          m[a * n + b] += trial.target().spectrum().get(j) * q[j][a] * q[j][b];
        }
      }
    }
    return m;
  }

  // four sums at a time: one would wait for itself
  private static double dot(double[] x, double[] y) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i + 3 < x.length; i += 4) {
      a += x[i] * y[i];
      b += x[i + 1] * y[i + 1];
      c += x[i + 2] * y[i + 2];
      d += x[i + 3] * y[i + 3];
    }
    for (; i < x.length; i++) {
      a += x[i] * y[i];
    }
    return a + b + (c + d);
  }

  private static void subtract(double[] from, double[] x, double times) {
    for (int i = 0; i < x.length; i++) {
      from[i] -= times * x[i];
    }
  }

  /** {@code F H' - M}. */
  private double[] residual() {
    double[] d = new double[n * n];
    for (int a = 0; a < n; a++) {
      for (int b = 0; b < n; b++) {
        double sum = -unknown[a * n + b];
        for (int j = 0; j < k; j++) {
          sum += left[a * k + j] * right[b * k + j];
        }
        d[a * n + b] = sum;
      }
    }
    return d;
  }

  /** {@code |F H' - M|_F^2}. */
  double loss() {
    double[] d = residual();
    return dot(d, d);
  }

  /** What the measurements show of a residual: {@code A*(A(D))}; D itself where all is seen. */
  private double[] seen(double[] d) {
    if (measurements.length == 0) {
      return d;
    }
    double[] g = new double[n * n];
    for (double[] a : measurements) {
      subtract(g, a, -dot(a, d));
    }
    return g;
  }

  /**
   * {@code F <- F - rate G H, H <- H - rate G' F}; symmetric {@code X <- X - rate (G + G')/2 X}.
   */
  void step() {
    double[] g = seen(residual());
    if (symmetric) {
      for (int a = 0; a < n; a++) {
        for (int b = 0; b < a; b++) {
          double mean = (g[a * n + b] + g[b * n + a]) / 2;
          g[a * n + b] = mean;
          g[b * n + a] = mean;
        }
      }
      left = moved(left, g, right, false);
      right = left;
    } else {
      double[] next = moved(left, g, right, false);
      right = moved(right, g, left, true);
      left = next;
    }
  }

  // x - rate G y, or with the transpose of G
  private double[] moved(double[] x, double[] g, double[] y, boolean transposed) {
    double[] next = x.clone();
    for (int a = 0; a < n; a++) {
      for (int b = 0; b < n; b++) {
        double along = rate * (transposed ? g[b * n + a] : g[a * n + b]);
        for (int j = 0; j < k; j++) {
          next[a * k + j] -= along * y[b * k + j];
        }
      }
    }
    return next;
  }
}
