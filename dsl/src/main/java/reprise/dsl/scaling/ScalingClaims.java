package reprise.dsl.scaling;

import reprise.dsl.claim.Claim;
import reprise.dsl.claim.Expected;
import reprise.dsl.claim.Interval;
import reprise.dsl.claim.Rules;
import reprise.dsl.law.Fit;
import reprise.dsl.unit.Numbers;

/** What every scaling-law experiment can be asked, whatever the paper. */
public final class ScalingClaims {
  /** Below this excess over the entropy the source is learned and E is not identified. */
  static final double LEAST_EXCESS = 0.01;

  static final String NOT_SATURATED = "the best run stays at least 0.01 nats above the entropy";
  static final String NARROW = "the interval of E is narrower than the range of the losses";
  static final String CLOSE = "|E - h| is smaller than the best run's excess";

  /** Condition of a slope through minima. */
  public static final String THREE_VALLEYS = "at least three budgets have an interior minimum";

  /** Condition of a comparison with the constants of a fit. */
  public static final String IDENTIFIED = "the points determine the constants of the fitted law";

  /** The fitted irreducible loss is the entropy of the source. */
  public static final Claim IRREDUCIBLE_IS_ENTROPY =
      Claim.ours(
          "irreducible-loss-is-entropy",
          "The irreducible loss E of the fitted law is the entropy rate h of the source.",
          Expected.number(0, "nats of E - h", "known by construction of the source"),
          new EntropyRule().provided(NOT_SATURATED, NARROW));

  private ScalingClaims() {}

  /** At every budget the best size lies inside the sizes tried. */
  public static Claim interiorMinimum(int budgets) {
    return Claim.ours(
        "interior-minimum",
        "At every compute budget the loss has its minimum at a size between the smallest and the"
            + " largest.",
        Expected.number(budgets, "budgets with an interior minimum", "every budget of the design"),
        Rules.atLeast(budgets));
  }

  /** The interval of E moved by the entropy. */
  static Interval interval(reprise.dsl.law.Interval interval, Fit fit, double shift) {
    return interval(
        new reprise.dsl.law.Interval(interval.low() - shift, interval.high() - shift),
        fit.plan().confidence(),
        fit.samples().size());
  }

  static Interval interval(reprise.dsl.law.Interval interval, double confidence) {
    return new Interval(interval.low(), interval.high(), confidence, "percentile bootstrap");
  }

  private static Interval interval(
      reprise.dsl.law.Interval interval, double confidence, int resamples) {
    return new Interval(
        interval.low(),
        interval.high(),
        confidence,
        "percentile bootstrap, " + Numbers.grouped(resamples) + " resamples");
  }
}
