package reprise.dsl.density;

import reprise.dsl.unit.Checks;

/**
 * A benchmark score, as a share of right answers.
 *
 * @param name also the column of the scores
 * @param chance the score of guessing, in [0, 1)
 */
public record Metric(String name, double chance) {
  /** Four choices. */
  public static final Metric MMLU = new Metric("MMLU", 0.25);

  /** The challenge set of the AI2 reasoning challenge, four choices. */
  public static final Metric ARC_C = new Metric("ARC-C", 0.25);

  /** Four endings. */
  public static final Metric HELLASWAG = new Metric("HellaSwag", 0.25);

  /** Word problems with free answers. */
  public static final Metric GSM8K = new Metric("GSM8K", 0);

  /** Scores no further than this above chance say nothing about size and are left out. */
  public static final double MARGIN = 0.02;

  public Metric {
    Checks.text("metric", name);
    if (!(chance >= 0 && chance < 1)) {
      throw new IllegalArgumentException(
          name + ": the score of guessing must be in [0, 1), got " + chance);
    }
  }

  /** Whether a score can be turned into a size: above chance by {@link #MARGIN} and below 1. */
  public boolean informative(double score) {
    return score > chance + MARGIN && score < 1;
  }

  /** {@code ln((S - chance) / (1 - S))}. */
  public double logit(double score) {
    return Math.log((score - chance) / (1 - score));
  }

  /** The score of that logit, {@code (chance + e^x) / (1 + e^x)}. */
  public double score(double logit) {
    double odds = Math.exp(logit);
    return (chance + odds) / (1 + odds);
  }

  @Override
  public String toString() {
    return name;
  }
}
