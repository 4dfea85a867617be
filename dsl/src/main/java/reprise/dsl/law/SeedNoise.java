package reprise.dsl.law;

/**
 * Standard deviation of the loss between seeds as a function of the loss: log-linear between two
 * losses, constant beyond them. Porian et al. 2024 (arXiv 2406.19146, appendix F) measure it this
 * way.
 *
 * @param lowLoss loss where {@code low} holds
 * @param low standard deviation at and below {@code lowLoss}
 * @param highLoss loss where {@code high} holds
 * @param high standard deviation at and above {@code highLoss}
 */
public record SeedNoise(double lowLoss, double low, double highLoss, double high) {
  /** Their RefinedWeb runs: .002 nats at loss 3, .05 at 7. */
  public static final SeedNoise REFINED_WEB = new SeedNoise(3, .002, 7, .05);

  /** Their OpenWebText2 runs: .01 nats at loss 3, .1 at 7. */
  public static final SeedNoise OPEN_WEB_TEXT = new SeedNoise(3, .01, 7, .1);

  public SeedNoise {
    if (!(low > 0 && high > 0 && highLoss > lowLoss)) {
      throw new IllegalArgumentException(
          "seed noise needs positive deviations at two losses, the lower first; got "
              + low
              + " at "
              + lowLoss
              + ", "
              + high
              + " at "
              + highLoss);
    }
  }

  /** The same standard deviation at every loss. */
  public static SeedNoise constant(double deviation) {
    return new SeedNoise(0, deviation, 1, deviation);
  }

  /** Standard deviation at a loss. */
  public double at(double loss) {
    double part = Math.clamp((loss - lowLoss) / (highLoss - lowLoss), 0.0, 1.0);
    return low * Math.pow(high / low, part);
  }
}
