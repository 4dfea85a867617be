package reprise.tensor.model;

import reprise.tensor.ir.Optimise;

/**
 * How a model is trained: AdamW, clipping, schedule.
 *
 * @param batch windows in a step
 * @param steps steps of the whole run; the schedule ends with it
 * @param learningRate peak
 * @param floor learning rate at the end
 * @param decay shape of the schedule
 * @param warmup steps of linear warm-up
 * @param cooldown last steps that decay, for warm-up-stable-decay
 * @param beta1 first moment
 * @param beta2 second moment
 * @param eps added to the root
 * @param weightDecay decoupled, on matrices and embeddings only
 * @param clip limit of the global gradient norm; 0 for none
 */
public record Training(
    int batch,
    int steps,
    double learningRate,
    double floor,
    Optimise.Decay decay,
    int warmup,
    int cooldown,
    double beta1,
    double beta2,
    double eps,
    double weightDecay,
    double clip) {
  public Training {
    if (batch < 1 || steps < 1) {
      throw new IllegalArgumentException(
          "batch and steps must be at least 1, got " + batch + " and " + steps);
    }
  }

  /**
   * Training of the small decoder: AdamW(.9, .95), eps 1e-8, no decay, clip 1, warm-up max(5, 5 %),
   * cosine to 0 that ends with the run.
   */
  public static Training small(int batch, int steps, double learningRate) {
    return new Training(
        batch,
        steps,
        learningRate,
        0,
        Optimise.Decay.COSINE,
        Math.max(5, steps / 20),
        0,
        0.9,
        0.95,
        1e-8,
        0,
        1);
  }

  /** The same with another decoupled weight decay. */
  public Training weightDecay(double value) {
    return new Training(
        batch, steps, learningRate, floor, decay, warmup, cooldown, beta1, beta2, eps, value, clip);
  }

  /** The same with another schedule. */
  public Training schedule(Optimise.Decay kind, double end, int warmupSteps, int cooldownSteps) {
    return new Training(
        batch,
        steps,
        learningRate,
        end,
        kind,
        warmupSteps,
        cooldownSteps,
        beta1,
        beta2,
        eps,
        weightDecay,
        clip);
  }

  /** The same with other momenta. */
  public Training betas(double first, double second) {
    return new Training(
        batch,
        steps,
        learningRate,
        floor,
        decay,
        warmup,
        cooldown,
        first,
        second,
        eps,
        weightDecay,
        clip);
  }
}
