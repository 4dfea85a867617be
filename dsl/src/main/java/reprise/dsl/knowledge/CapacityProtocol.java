package reprise.dsl.knowledge;

import reprise.dsl.unit.Checks;

/**
 * How a paper trains models on facts: what it states beside learning rate and batch.
 *
 * @param name the paper, short
 * @param beta1 of AdamW
 * @param beta2 of AdamW
 * @param epsilon of AdamW
 * @param weightDecay decoupled, of matrices and embeddings
 * @param warmup steps of linear warm-up, at most a tenth of a run
 * @param floor the cosine ends at this share of the peak rate
 * @param clip limit of the gradient's norm
 */
public record CapacityProtocol(
    String name,
    double beta1,
    double beta2,
    double epsilon,
    double weightDecay,
    int warmup,
    double floor,
    double clip) {
  /**
   * Allen-Zhu and Li 2024 (arXiv 2404.05405, section 2.3 and appendix A): AdamW with weight decay
   * .01, cosine to a tenth after 1000 steps of warm-up. They do not state betas, epsilon and
   * clipping: .9, .98, 1e-6 and 1.
   */
  public static final CapacityProtocol PHYSICS_3_3 =
      new CapacityProtocol("Physics of Language Models 3.3", .9, .98, 1e-6, .01, 1000, .1, 1);

  public CapacityProtocol {
    Checks.text("protocol name", name);
    Checks.positive("epsilon", epsilon, "AdamW");
    Checks.positive("clip", clip, "gradient norm");
  }

  /** Warm-up of a run of that many steps. */
  public int warmupSteps(int steps) {
    return Math.min(warmup, steps / 10);
  }
}
