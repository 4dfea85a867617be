package reprise.kernel.analysis;

import java.util.Arrays;
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
  final Law law;
  final int n;
  final int p;

  private final int k;
  private final boolean raw;
  private final double[] logInputs;
  private final double[] observed;
  private final double[] weights;
  private final double delta;
  private final double divisor;
  private final double[] pointGradient;

  private Residuals(Residuals of, double[] weights, double delta, double divisor) {
    law = of.law;
    n = of.n;
    p = of.p;
    k = of.k;
    raw = of.raw;
    logInputs = of.logInputs;
    observed = of.observed;
    this.weights = weights;
    this.delta = delta;
    this.divisor = divisor;
    pointGradient = new double[p];
  }

  /**
   * The points of a plan under Huber's cost.
   *
   * @throws IllegalArgumentException naming point and column of a value that is not positive
   */
  Residuals(FitPlan plan, double delta, double divisor) {
    law = plan.law();
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
        logInputs[i * k + j] = Math.log(positive(points, inputs.get(j).name(), i));
      }
      double y = positive(points, law.output(), i);
      observed[i] = raw ? y : Math.log(y);
    }
    weights = new double[n];
    Arrays.fill(weights, 1);
    this.delta = delta;
    this.divisor = divisor;
    pointGradient = new double[p];
  }

  Residuals weighted(double[] newWeights) {
    return new Residuals(this, newWeights, delta, divisor);
  }

  Residuals cost(double newDelta, double newDivisor) {
    return new Residuals(this, weights, newDelta, newDivisor);
  }

  /** The same with scratch space of its own, for another thread. */
  Residuals copy() {
    return new Residuals(this, weights, delta, divisor);
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
      double w = weights[i];
      if (w == 0) {
        continue;
      }
      double log = law.logPrediction(theta, logInputs, i * k, g);
      double prediction = raw ? Math.exp(log) : log;
      double r = prediction - observed[i];
      double size = Math.abs(r);
      // cost = r^2/2, d cost/dr = r  |  cost = delta(|r| - delta/2), d cost/dr = delta sign r
      double slope;
      if (size <= delta) {
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
      double slope = weights[i] * Math.clamp(r, -delta, delta) / divisor;
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
      sum += weights[i] * Math.abs(residual(theta, i, pointGradient));
    }
    return sum;
  }

  private static double positive(Points points, String column, int i) {
    double v = points.column(column).value(i);
    if (v > 0 && v < Double.POSITIVE_INFINITY) {
      return v;
    }
    throw new IllegalArgumentException(
        points.labels().get(i)
            + ", column "
            + column
            + ": "
            + v
            + " is not a positive number; laws are fitted in logarithms: correct or drop it");
  }
}
