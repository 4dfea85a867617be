package reprise.kernel.analysis;

/**
 * Damped Newton steps with a numeric Hessian (differences of the analytic gradient): takes an
 * optimum that L-BFGS found to rounding, and says how much decrease is still possible.
 */
final class Newton {
  private static final double FLOOR = 1e-11;

  /** Of a unit of a parameter, relative to f: a tenth of what an optimum may still leave. */
  private static final double NO_EFFECT = 1e-10;

  private Newton() {}

  /** Hessian by central differences of the gradient, made symmetric. */
  static double[][] hessian(Smooth f, double[] x) {
    int p = x.length;
    double[][] h = new double[p][p];
    double[] moved = x.clone();
    double[] up = new double[p];
    double[] down = new double[p];
    for (int i = 0; i < p; i++) {
      double step = 1e-6 * Math.max(1e-2, Math.abs(x[i]));
      moved[i] = x[i] + step;
      f.at(moved, up);
      moved[i] = x[i] - step;
      f.at(moved, down);
      moved[i] = x[i];
      for (int j = 0; j < p; j++) {
        h[i][j] = (up[j] - down[j]) / (2 * step);
      }
    }
    for (int i = 0; i < p; i++) {
      for (int j = 0; j < i; j++) {
        h[i][j] = h[j][i] = .5 * (h[i][j] + h[j][i]);
      }
    }
    return h;
  }

  /**
   * The Newton step of a scaled system: D^-1/2 H D^-1/2 with D = |diag H| has unit diagonal. A
   * parameter whose whole unit hardly changes f, as log E where E is 0, stays where it is: its
   * slope and curvature are rounding, and their quotient is not a step.
   */
  private static double[] step(double[][] hessian, double[] gradient, double value) {
    int p = gradient.length;
    double[][] h = new double[p][];
    double[] g = gradient.clone();
    for (int i = 0; i < p; i++) {
      h[i] = hessian[i].clone();
    }
    for (int i = 0; i < p; i++) {
      if (Math.abs(g[i]) + Math.abs(h[i][i]) < NO_EFFECT * value) {
        for (int j = 0; j < p; j++) {
          h[i][j] = h[j][i] = 0;
        }
        h[i][i] = 1;
        g[i] = 0;
      }
    }
    double[] d = new double[p];
    for (int i = 0; i < p; i++) {
      d[i] = 1 / Math.sqrt(Math.max(Math.abs(h[i][i]), 1e-300));
    }
    double[][] scaled = new double[p][p];
    double[] right = new double[p];
    for (int i = 0; i < p; i++) {
      right[i] = -g[i] * d[i];
      for (int j = 0; j < p; j++) {
        scaled[i][j] = h[i][j] * d[i] * d[j];
      }
    }
    double[] x = new SymmetricEigen(scaled).solve(right, FLOOR);
    for (int i = 0; i < p; i++) {
      x[i] *= d[i];
    }
    return x;
  }

  /** -g.step/2: how far a full Newton step would lower f, where f is quadratic. */
  static double possibleDecrease(Smooth f, double[] x) {
    double[] g = new double[x.length];
    double value = f.at(x, g);
    double[] step = step(hessian(f, x), g, value);
    double sum = 0;
    for (int i = 0; i < g.length; i++) {
      sum -= .5 * g[i] * step[i];
    }
    return Double.isNaN(sum) ? Double.POSITIVE_INFINITY : sum;
  }

  /** At most {@code limit} steps from {@code start}, each halved until it decreases f. */
  static double[] polish(Smooth f, double[] start, int limit) {
    double[] x = start.clone();
    int p = x.length;
    double[] g = new double[p];
    double[] trial = new double[p];
    double[] gTrial = new double[p];
    double value = f.at(x, g);
    for (int iteration = 0; iteration < limit; iteration++) {
      double[] step = step(hessian(f, x), g, value);
      boolean moved = false;
      for (double size = 1; size > 1e-4 && !moved; size /= 2) {
        for (int i = 0; i < p; i++) {
          trial[i] = x[i] + size * step[i];
        }
        double v = f.at(trial, gTrial);
        if (v < value) {
          value = v;
          System.arraycopy(trial, 0, x, 0, p);
          System.arraycopy(gTrial, 0, g, 0, p);
          moved = true;
        }
      }
      if (!moved) {
        break;
      }
    }
    return x;
  }
}
