package reprise.kernel.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import reprise.dsl.law.FitPlan;
import reprise.dsl.law.Input;
import reprise.dsl.law.Law;
import reprise.dsl.law.Objective;
import reprise.dsl.law.Points;

/**
 * The objective of a fit as a function of theta: sum_i w_i cost(r_i) / divisor, over flat arrays.
 *
 * <p>cost is Huber's with a delta; delta infinite is r^2/2, delta towards 0 with divisor ~ delta is
 * |r|. Shapes: logInputs [n * k] row-major, observed [n], weights [n], theta and gradient [p]. One
 * object per thread: it owns the scratch gradient of a point.
 */
final class Residuals implements Smooth {
  /** What squares and soft costs are divided by, squared: a typical residual. */
  private static final double SCALE = 1e-3;

  final Law law;
  final int n;
  final int p;

  private final int k;
  private final boolean raw;
  private final double[] logInputs;
  private final double[] observed;
  private final double[] base; // the plan's weights
  private final double[] weights; // times what a replicate draws
  private final double delta;
  private final double divisor;
  private final boolean soft; // soft L1 that turns at delta, else Huber
  private final double[] pointGradient;

  private Residuals(
      Residuals of,
      double[] observed,
      double[] weights,
      double delta,
      double divisor,
      boolean soft) {
    law = of.law;
    base = of.base;
    n = of.n;
    p = of.p;
    k = of.k;
    raw = of.raw;
    logInputs = of.logInputs;
    this.observed = observed;
    this.weights = weights;
    this.delta = delta;
    this.divisor = divisor;
    this.soft = soft;
    pointGradient = new double[p];
  }

  /**
   * The points of a plan under Huber's cost.
   *
   * @throws IllegalArgumentException naming point and column of a value that is not positive
   */
  Residuals(FitPlan plan, double delta, double divisor) {
    this(plan, plan.law(), delta, divisor);
  }

  /** The points of a plan under a law that takes its place, such as the same within bounds. */
  Residuals(FitPlan plan, Law law, double delta, double divisor) {
    this.law = law;
    Points points = plan.points();
    List<Input> inputs = law.inputs();
    n = points.size();
    p = law.constants().size();
    k = inputs.size();
    raw = plan.objective().scale() == Objective.Scale.RAW;
    logInputs = new double[n * k];
    observed = new double[n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < k; j++) {
        logInputs[i * k + j] = Math.log(value(points, inputs.get(j), i));
      }
      double y = value(points, new Input(law.output(), ""), i);
      observed[i] = raw ? y : Math.log(y);
    }
    weights = new double[n];
    Arrays.fill(weights, 1);
    base = plan.weights().map(w -> weights(points, w)).orElseGet(() -> weights.clone());
    this.delta = delta;
    this.divisor = divisor;
    soft = plan.objective() instanceof Objective.SoftL1;
    pointGradient = new double[p];
  }

  /** The points of a plan under its objective; least absolute deviations near their optimum. */
  static Residuals of(FitPlan plan, Law law) {
    return switch (plan.objective()) {
      case Objective.Huber h -> new Residuals(plan, law, h.delta(), h.delta() * h.delta());
      case Objective.SoftL1 s -> new Residuals(plan, law, s.turn(), SCALE * SCALE);
      case Objective.LeastAbsolute ignored -> new Residuals(plan, law, SCALE, SCALE * SCALE);
      case Objective.Squared ignored ->
          new Residuals(plan, law, Double.POSITIVE_INFINITY, SCALE * SCALE);
    };
  }

  Residuals weighted(double[] newWeights) {
    return new Residuals(this, observed, newWeights, delta, divisor, soft);
  }

  /** The same inputs with other outcomes, on the scale of the residuals. */
  Residuals observing(double[] outcomes) {
    return new Residuals(this, outcomes, weights, delta, divisor, soft);
  }

  /** Weight of a point in the objective. */
  double weight(int i) {
    return weights[i] * base[i];
  }

  /** What was observed, on the scale of the residuals. */
  double[] observed() {
    return observed.clone();
  }

  /** The same under Huber's cost. */
  Residuals cost(double newDelta, double newDivisor) {
    return new Residuals(this, observed, weights, newDelta, newDivisor, false);
  }

  /** The same with scratch space of its own, for another thread. */
  Residuals copy() {
    return new Residuals(this, observed, weights, delta, divisor, soft);
  }

  /** The points of every cell: those with the same inputs, in order of their first point. */
  int[][] cells() {
    var cells = new LinkedHashMap<List<Double>, List<Integer>>();
    for (int i = 0; i < n; i++) {
      List<Double> inputs = new ArrayList<>();
      for (int j = 0; j < k; j++) {
        inputs.add(logInputs[i * k + j]);
      }
      cells.computeIfAbsent(inputs, key -> new ArrayList<>()).add(i);
    }
    return cells.values().stream()
        .map(c -> c.stream().mapToInt(Integer::intValue).toArray())
        .toArray(int[][]::new);
  }

  double divisor() {
    return divisor;
  }

  @Override
  public double at(double[] theta, double[] gradient) {
    double[] g = pointGradient;
    double sum = 0;
    Arrays.fill(gradient, 0);
    for (int i = 0; i < n; i++) {
      double w = weights[i] * base[i];
      if (w == 0) {
        continue;
      }
      double log = law.logPrediction(theta, logInputs, i * k, g);
      double prediction = raw ? Math.exp(log) : log;
      double r = prediction - observed[i];
      double size = Math.abs(r);
      // cost = r^2/2, d cost/dr = r  |  cost = delta(|r| - delta/2), d cost/dr = delta sign r
      double slope;
      if (soft) {
        // cost = c^2 (sqrt(1 + (r/c)^2) - 1) = r^2/(sqrt(1 + (r/c)^2) + 1), without cancellation
        double root = Math.hypot(1, r / delta);
        sum += w * r * r / (root + 1);
        slope = w * r / root;
      } else if (size <= delta) {
        sum += w * .5 * r * r;
        slope = w * r;
      } else {
        sum += w * delta * (size - .5 * delta);
        slope = w * Math.copySign(delta, r);
      }
      if (raw) {
        slope *= prediction; // d exp(u) = exp(u) du
      }
      for (int j = 0; j < p; j++) {
        gradient[j] += slope * g[j];
      }
    }
    double scale = 1 / divisor;
    for (int j = 0; j < p; j++) {
      gradient[j] *= scale;
    }
    return Double.isNaN(sum) ? Double.POSITIVE_INFINITY : sum * scale;
  }

  /** The residual of point {@code i}; its gradient d r / d theta goes to {@code gradient}. */
  double residual(double[] theta, int i, double[] gradient) {
    double log = law.logPrediction(theta, logInputs, i * k, gradient);
    if (!raw) {
      return log - observed[i];
    }
    double prediction = Math.exp(log);
    for (int j = 0; j < p; j++) {
      gradient[j] *= prediction;
    }
    return prediction - observed[i];
  }

  /** Gradient d log prediction / d theta of point {@code i}; returns log prediction. */
  double sensitivity(double[] theta, int i, double[] gradient) {
    return law.logPrediction(theta, logInputs, i * k, gradient);
  }

  /** sum_i (w_i cost'(r_i)/divisor)^2 g_i g_i^T: the covariance of the gradient, not centred. */
  double[][] scores(double[] theta) {
    double[][] sum = new double[p][p];
    double[] g = new double[p];
    for (int i = 0; i < n; i++) {
      double r = residual(theta, i, g);
      double force = soft ? r / Math.hypot(1, r / delta) : Math.clamp(r, -delta, delta);
      double slope = weight(i) * force / divisor;
      for (int a = 0; a < p; a++) {
        for (int b = 0; b < p; b++) {
          sum[a][b] += slope * slope * g[a] * g[b];
        }
      }
    }
    return sum;
  }

  /** Sum of |r|. */
  double absolute(double[] theta) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += weight(i) * Math.abs(residual(theta, i, pointGradient));
    }
    return sum;
  }

  private static double value(Points points, Input input, int i) {
    double v = points.column(input.name()).value(i);
    if (input.domain().contains(v)) {
      return v;
    }
    throw new IllegalArgumentException(
        points.labels().get(i)
            + ", column "
            + input.name()
            + ": "
            + v
            + " is not a "
            + input.domain().text()
            + " number; laws are fitted in logarithms: correct or drop it");
  }

  private static double[] weights(Points points, String column) {
    double[] all = points.column(column).values();
    double sum = 0;
    for (int i = 0; i < all.length; i++) {
      if (!(all[i] >= 0) || Double.isInfinite(all[i])) {
        throw new IllegalArgumentException(
            points.labels().get(i)
                + ", column "
                + column
                + ": "
                + all[i]
                + " is not a weight: 0 or a positive number");
      }
      sum += all[i];
    }
    if (sum == 0) {
      throw new IllegalArgumentException("column " + column + ": all weights are 0");
    }
    return all;
  }
}
