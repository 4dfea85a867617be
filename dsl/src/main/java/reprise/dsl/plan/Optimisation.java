package reprise.dsl.plan;

import reprise.dsl.unit.Checks;

/**
 * How a run is optimised: AdamW without decay, gradient clipping, linear warm-up and a cosine that
 * reaches zero at the run's last step.
 *
 * @param tokensPerStep batch times context
 * @param referenceRate peak learning rate at width 32; a width d uses {@code lr0 sqrt(32 / d)}
 * @param beta1 first moment decay
 * @param beta2 second moment decay
 * @param clip global gradient norm
 * @param warmup share of the steps, at least five steps
 */
public record Optimisation(
    int tokensPerStep,
    double referenceRate,
    double beta1,
    double beta2,
    double clip,
    double warmup) {
  public Optimisation {
    Checks.positive("tokens per step", tokensPerStep, "tokens");
    Checks.positive("learning rate", referenceRate, "step size");
    Checks.positive("clip", clip, "gradient norm");
    if (!(warmup >= 0 && warmup < 1)) {
      throw new IllegalArgumentException("warm-up must be a share in [0, 1), got " + warmup);
    }
  }

  /** The settings of the small decoders: betas .9 and .95, clip 1, warm-up 5 %. */
  public Optimisation(int tokensPerStep, double referenceRate) {
    this(tokensPerStep, referenceRate, 0.9, 0.95, 1.0, 0.05);
  }

  /** Peak learning rate of a model of that width: {@code lr0 sqrt(32 / d)}. */
  public double peakRate(int width) {
    return referenceRate * Math.sqrt(32.0 / width);
  }

  /** Warm-up steps of a run: {@code max(5, warmup * steps)}, and at most half of the run. */
  public int warmupSteps(int steps) {
    return Math.min(Math.max(5, (int) Math.round(warmup * steps)), Math.max(1, steps / 2));
  }
}
