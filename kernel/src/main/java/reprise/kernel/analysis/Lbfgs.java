package reprise.kernel.analysis;

import reprise.kernel.analysis.Minimum.Stop;

/**
 * Limited-memory BFGS: Nocedal and Wright, Numerical Optimization (2006), algorithm 7.4 and 7.5.
 *
 * <p>Scale the function before: what stops a minimiser early is a tolerance compared with a value
 * that happens to be small. Besiroglu et al. 2024 (arXiv 2404.10102) trace Hoffmann's published
 * constants to that.
 *
 * @param memory pairs (s, y) kept
 * @param maxIterations after which {@link Stop#ITERATIONS}
 * @param gradientTolerance stop when max |g_i| &lt;= this times max(1, |f|)
 * @param decreaseTolerance stop when two successive iterations each decrease f by no more than this
 *     times {@code max(|f|, floor)}
 * @param floor below which a decrease counts as absolute; scipy's L-BFGS-B takes 1, and so stops
 *     early on an objective of 1e-3
 */
public record Lbfgs(
    int memory,
    int maxIterations,
    double gradientTolerance,
    double decreaseTolerance,
    double floor) {

  /** Tight: ends at rounding on a well-scaled function. */
  public static final Lbfgs TIGHT = new Lbfgs(10, 1000, 1e-9, 1e-14, 0);

  /** The minimum that a descent from {@code start} reaches. */
  public Minimum minimise(Smooth f, double[] start) {
    return new Descent(f, start.length).run(start);
  }

  private final class Descent {
    private final int dimension;
    private final Smooth f;
    private final LineSearch line;
    private final double[][] s;
    private final double[][] y;
    private final double[] rho;
    private final double[] alpha;
    private final double[] direction;
    private int kept;
    private int next;

    Descent(Smooth f, int dimension) {
      this.dimension = dimension;
      this.f = f;
      line = new LineSearch(f, dimension);
      s = new double[memory][dimension];
      y = new double[memory][dimension];
      rho = new double[memory];
      alpha = new double[memory];
      direction = new double[dimension];
    }

    Minimum run(double[] start) {
      double[] x = start.clone();
      double[] g = new double[dimension];
      double value = f.at(x, g);
      if (!Double.isFinite(value) || !finite(g)) {
        return new Minimum(x, value, Double.NaN, 0, 1, Stop.NOT_FINITE);
      }
      int small = 0;
      for (int iteration = 0; ; iteration++) {
        if (norm(g) <= gradientTolerance * Math.max(1, Math.abs(value))) {
          return end(x, value, g, iteration, Stop.GRADIENT);
        }
        if (iteration == maxIterations) {
          return end(x, value, g, iteration, Stop.ITERATIONS);
        }
        double slope = direct(g);
        double first = kept > 0 ? 1 : Math.min(1, 1 / sumOfAbsolutes(g));
        if (!line.search(x, direction, value, slope, first)) {
          if (kept == 0) {
            return end(x, value, g, iteration, Stop.NO_STEP);
          }
          kept = 0; // once more, along the steepest descent
          continue;
        }
        double decrease = value - line.value;
        remember(x, g);
        value = line.value;
        System.arraycopy(line.x, 0, x, 0, dimension);
        System.arraycopy(line.gradient, 0, g, 0, dimension);
        small = decrease <= decreaseTolerance * Math.max(Math.abs(value), floor) ? small + 1 : 0;
        if (small == 2) {
          return end(x, value, g, iteration + 1, Stop.DECREASE);
        }
      }
    }

    private Minimum end(double[] x, double value, double[] g, int iterations, Stop stop) {
      return new Minimum(x, value, norm(g), iterations, line.evaluations + 1, stop);
    }

    /** Two-loop recursion: direction = -H g. Returns the slope along it. */
    private double direct(double[] g) {
      for (int i = 0; i < dimension; i++) {
        direction[i] = -g[i];
      }
      for (int k = 1; k <= kept; k++) {
        int at = Math.floorMod(next - k, memory);
        alpha[at] = rho[at] * dot(s[at], direction);
        add(direction, -alpha[at], y[at]);
      }
      if (kept > 0) {
        int last = Math.floorMod(next - 1, memory);
        double gamma = 1 / (rho[last] * dot(y[last], y[last]));
        for (int i = 0; i < dimension; i++) {
          direction[i] *= gamma;
        }
      }
      for (int k = kept; k >= 1; k--) {
        int at = Math.floorMod(next - k, memory);
        double beta = rho[at] * dot(y[at], direction);
        add(direction, alpha[at] - beta, s[at]);
      }
      double slope = dot(g, direction);
      if (slope < 0) {
        return slope;
      }
      kept = 0; // the memory has lost descent: start anew
      for (int i = 0; i < dimension; i++) {
        direction[i] = -g[i];
      }
      return -dot(g, g);
    }

    private void remember(double[] x, double[] g) {
      double[] ds = s[next];
      double[] dy = y[next];
      for (int i = 0; i < dimension; i++) {
        ds[i] = line.x[i] - x[i];
        dy[i] = line.gradient[i] - g[i];
      }
      double sy = dot(ds, dy);
      if (sy > 1e-16 * dot(dy, dy)) {
        rho[next] = 1 / sy;
        next = (next + 1) % memory;
        kept = Math.min(kept + 1, memory);
      }
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static void add(double[] to, double factor, double[] what) {
    for (int i = 0; i < to.length; i++) {
      to[i] += factor * what[i];
    }
  }

  private static double norm(double[] g) {
    double max = 0;
    for (double v : g) {
      max = Math.max(max, Math.abs(v));
    }
    return max;
  }

  private static double sumOfAbsolutes(double[] g) {
    double sum = 0;
    for (double v : g) {
      sum += Math.abs(v);
    }
    return sum;
  }

  private static boolean finite(double[] g) {
    for (double v : g) {
      if (!Double.isFinite(v)) {
        return false;
      }
    }
    return true;
  }
}
