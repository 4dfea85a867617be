package reprise.kernel.analysis;

/**
 * Where a minimisation ended.
 *
 * @param x the point
 * @param value of the function there
 * @param gradientNorm largest absolute component of the gradient there
 * @param iterations done
 * @param evaluations of the function
 * @param stop why it stopped
 */
public record Minimum(
    double[] x, double value, double gradientNorm, int iterations, int evaluations, Stop stop) {

  /** Why a minimisation stopped. */
  public enum Stop {
    /** The gradient is within tolerance of zero. */
    GRADIENT("gradient within tolerance"),
    /** Two iterations in a row gained less than the tolerance. */
    DECREASE("decrease within tolerance"),
    /** No step along the last direction decreased the function: rounding, or a kink. */
    NO_STEP("no decreasing step found"),
    /** The limit on iterations. */
    ITERATIONS("iteration limit reached"),
    /** The function is not finite at the start. */
    NOT_FINITE("function not finite at the start");

    private final String text;

    Stop(String text) {
      this.text = text;
    }

    /** For a message. */
    public String text() {
      return text;
    }
  }

  public Minimum {
    x = x.clone();
  }

  @Override
  public double[] x() {
    return x.clone();
  }
}
