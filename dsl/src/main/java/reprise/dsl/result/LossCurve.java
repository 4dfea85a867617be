package reprise.dsl.result;

/**
 * Training loss along a run.
 *
 * @param steps optimiser steps, ascending
 * @param losses mean loss in nats per token at those steps, averaged since the point before
 */
public record LossCurve(int[] steps, double[] losses) {
  public LossCurve {
    if (steps.length != losses.length) {
      throw new IllegalArgumentException(
          "a loss curve needs a loss a step, got " + steps.length + " and " + losses.length);
    }
    steps = steps.clone();
    losses = losses.clone();
  }

  @Override
  public int[] steps() {
    return steps.clone();
  }

  @Override
  public double[] losses() {
    return losses.clone();
  }

  /** The number of points. */
  public int size() {
    return steps.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LossCurve curve
        && java.util.Arrays.equals(steps, curve.steps)
        && java.util.Arrays.equals(losses, curve.losses);
  }

  @Override
  public int hashCode() {
    return 31 * java.util.Arrays.hashCode(steps) + java.util.Arrays.hashCode(losses);
  }

  @Override
  public String toString() {
    return size()
        + " points"
        + (size() == 0 ? "" : ", from " + losses[0] + " to " + losses[size() - 1] + " nats");
  }
}
