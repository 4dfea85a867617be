package reprise.kernel.analysis;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Least absolute deviations: Huber with delta towards 0, then descent over vertices.
 *
 * <p>The optimum of sum |r_i| generally lies at a vertex, where p residuals are zero. From the
 * smoothed optimum we solve for the nearest vertex, and, while a multiplier shows that leaving a
 * residual's zero pays, move along that edge to the next one: Barrodale and Roberts 1973 (SIAM J.
 * Numer. Anal. 10), with residuals linearised at each vertex.
 */
final class LeastAbsolute {
  private static final double[] DELTAS = {1e-4, 1e-5, 1e-6};
  private static final Lbfgs SMOOTHED = new Lbfgs(10, 300, 1e-7, 1e-13, 0);

  /**
   * Where the descent ended.
   *
   * @param theta the point
   * @param vertex whether all multipliers are within [-w, w]: a local optimum
   */
  record Optimum(double[] theta, boolean vertex) {}

  private final Residuals residuals;
  private final int p;
  private final double[] r;
  private final double[][] g;

  LeastAbsolute(Residuals residuals, double[] weights) {
    this.residuals = residuals.weighted(weights);
    p = residuals.p;
    r = new double[residuals.n];
    g = new double[residuals.n][p];
  }

  Optimum descend(double[] start) {
    double[] theta = start;
    for (double delta : DELTAS) {
      Minimum m = SMOOTHED.minimise(residuals.cost(delta, delta * 1e-3), theta);
      theta = m.stop() == Minimum.Stop.NOT_FINITE ? theta : m.x();
    }
    if (residuals.absolute(theta) <= 1e-12 * r.length) {
      return new Optimum(theta, true); // noise-free: every residual is zero up to rounding
    }
    evaluate(theta);
    int[] active = nearestVertex();
    if (active.length < p) {
      return new Optimum(theta, false);
    }
    double best = residuals.absolute(theta);
    double[] vertex = solveFor(active, theta);
    if (vertex == null || !(residuals.absolute(vertex) <= best)) {
      return new Optimum(theta, false);
    }
    best = residuals.absolute(vertex);
    for (int step = 0; step < 100; step++) {
      evaluate(vertex);
      int leaving = leaving(active);
      if (leaving < 0) {
        return new Optimum(vertex, true);
      }
      int entering = entering(active, leaving);
      if (entering < 0) {
        break;
      }
      int[] nextActive = active.clone();
      nextActive[leaving] = entering;
      double[] next = solveFor(nextActive, vertex);
      if (next == null || !(residuals.absolute(next) < best)) {
        break;
      }
      best = residuals.absolute(next);
      vertex = next;
      active = nextActive;
    }
    return new Optimum(vertex, false);
  }

  private double multiplierSign;

  // J_A^T lambda = -sum_{i not in A} w_i sign(r_i) g_i; optimal when |lambda_k| <= w_k for all k.
  private int leaving(int[] active) {
    double[] right = new double[p];
    for (int i = 0; i < r.length; i++) {
      if (!contains(active, i)) {
        for (int j = 0; j < p; j++) {
          right[j] -= residuals.weight(i) * Math.signum(r[i]) * g[i][j];
        }
      }
    }
    double[][] transposed = new double[p][p];
    for (int a = 0; a < p; a++) {
      for (int j = 0; j < p; j++) {
        transposed[j][a] = g[active[a]][j];
      }
    }
    double[] lambda = Gauss.solve(transposed, right);
    if (lambda == null) {
      return -1;
    }
    int worst = -1;
    double excess = 1e-7;
    for (int a = 0; a < p; a++) {
      double over = Math.abs(lambda[a]) - residuals.weight(active[a]);
      if (over > excess) {
        excess = over;
        worst = a;
        multiplierSign = Math.signum(lambda[a]);
      }
    }
    return worst;
  }

  // Along J_A d = sign(lambda) e_k the slope is w_k - |lambda_k|; it rises by 2 w_i |g_i d| at each
  // residual that changes sign, and the one that makes it positive enters.
  private int entering(int[] active, int leaving) {
    double[][] jacobian = new double[p][];
    for (int a = 0; a < p; a++) {
      jacobian[a] = g[active[a]].clone();
    }
    double[] right = new double[p];
    right[leaving] = multiplierSign;
    double[] d = Gauss.solve(jacobian, right);
    if (d == null) {
      return -1;
    }
    double[] along = new double[r.length];
    double slope = residuals.weight(active[leaving]);
    for (int i = 0; i < r.length; i++) {
      for (int j = 0; j < p; j++) {
        along[i] += g[i][j] * d[j];
      }
      if (!contains(active, i)) {
        slope += residuals.weight(i) * Math.signum(r[i]) * along[i];
      }
    }
    int[] crossings =
        IntStream.range(0, r.length)
            .filter(i -> residuals.weight(i) > 0 && !contains(active, i) && -r[i] / along[i] > 0)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -r[i] / along[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    for (int i : crossings) {
      slope += 2 * residuals.weight(i) * Math.abs(along[i]);
      if (slope >= 0) {
        return i;
      }
    }
    return -1;
  }

  // The p points of least |r| whose gradients are independent (Gram-Schmidt).
  private int[] nearestVertex() {
    int[] byResidual =
        IntStream.range(0, r.length)
            .filter(i -> residuals.weight(i) > 0)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> Math.abs(r[i])))
            .mapToInt(Integer::intValue)
            .toArray();
    double[][] basis = new double[p][];
    int[] active = new int[p];
    int found = 0;
    for (int i : byResidual) {
      double[] v = g[i].clone();
      double size = Math.sqrt(dot(v, v));
      for (int b = 0; b < found; b++) {
        double along = dot(v, basis[b]);
        for (int j = 0; j < p; j++) {
          v[j] -= along * basis[b][j];
        }
      }
      double left = Math.sqrt(dot(v, v));
      if (left > 1e-6 * size) {
        for (int j = 0; j < p; j++) {
          v[j] /= left;
        }
        basis[found] = v;
        active[found++] = i;
        if (found == p) {
          return active;
        }
      }
    }
    return Arrays.copyOf(active, found);
  }

  // Newton for r_A(theta) = 0.
  private double[] solveFor(int[] active, double[] start) {
    double[] theta = start.clone();
    double[][] jacobian = new double[p][p];
    for (int iteration = 0; iteration < 20; iteration++) {
      double[] right = new double[p];
      double largest = 0;
      for (int a = 0; a < p; a++) {
        right[a] = -residuals.residual(theta, active[a], jacobian[a]);
        largest = Math.max(largest, Math.abs(right[a]));
      }
      if (!(largest < 1e3)) {
        return null;
      }
      if (largest < 1e-14) {
        return theta;
      }
      double[] step = Gauss.solve(jacobian, right);
      if (step == null) {
        return null;
      }
      for (int j = 0; j < p; j++) {
        theta[j] += step[j];
      }
    }
    return theta;
  }

  private void evaluate(double[] theta) {
    for (int i = 0; i < r.length; i++) {
      r[i] = residuals.residual(theta, i, g[i]);
    }
  }

  private static boolean contains(int[] active, int i) {
    for (int a : active) {
      if (a == i) {
        return true;
      }
    }
    return false;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
