package reprise.dsl.density;

import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Numbers;

/**
 * The ruler that one seed's reference models make.
 *
 * @param seed of these models
 * @param law loss from size and tokens, score from loss
 * @param lossR2 share of the variance of the loss that the first step explains
 * @param scoreR2 share of the variance of the score's logit that the loss explains
 * @param tokens D0, at which sizes are read off
 * @param smallest parameters of the smallest reference model
 * @param largest parameters of the largest
 */
public record LadderScale(
    int seed,
    TwoStepLaw law,
    double lossR2,
    double scoreR2,
    double tokens,
    double smallest,
    double largest) {
  public LadderScale {
    Checks.present("law", law);
    if (!(smallest > 0 && smallest < largest)) {
      throw new IllegalArgumentException(
          "a ladder needs a smallest and a largest model, got " + smallest + " and " + largest);
    }
  }

  /** The score of a reference model of that size after D0 tokens. */
  public double score(double params) {
    return law.score(law.loss(params, tokens));
  }

  /** The effective size of a score and its density, {@code rho = f^-1(S) / N} (section 2.1). */
  public Placement place(double params, double score) {
    String outside = law.outside(score, tokens);
    if (!outside.isEmpty()) {
      return new Placement(Double.NaN, Double.NaN, "no size: " + outside);
    }
    double effective = law.effective(score, tokens);
    return new Placement(effective, effective / params, beyond(effective));
  }

  private String beyond(double effective) {
    if (effective < smallest) {
      return "extrapolated: below the ladder's smallest model, " + Numbers.short3(smallest);
    }
    return effective > largest
        ? "extrapolated: above the ladder's largest model, " + Numbers.short3(largest)
        : "";
  }
}
