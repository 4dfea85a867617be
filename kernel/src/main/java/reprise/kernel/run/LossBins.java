package reprise.kernel.run;

import java.util.Arrays;
import reprise.dsl.result.LossCurve;

/** Losses of all steps as a short curve. */
public final class LossBins {
  /** Points of a loss curve, spaced evenly in log steps. */
  private static final int CURVE_POINTS = 80;

  private LossBins() {}

  /** Mean loss of log-spaced bins, so that a long run's curve stays short. */
  public static LossCurve curve(float[] losses) {
    int[] steps = new int[CURVE_POINTS];
    double[] means = new double[CURVE_POINTS];
    int points = 0;
    int from = 0;
    for (int bin = 1; bin <= CURVE_POINTS; bin++) {
      int to = (int) Math.round(Math.exp(Math.log(losses.length) * bin / CURVE_POINTS));
      if (to <= from) {
        continue;
      }
      double sum = 0;
      for (int i = from; i < to; i++) {
        sum += losses[i];
      }
      steps[points] = to;
      means[points] = sum / (to - from);
      points++;
      from = to;
    }
    return new LossCurve(Arrays.copyOf(steps, points), Arrays.copyOf(means, points));
  }
}
