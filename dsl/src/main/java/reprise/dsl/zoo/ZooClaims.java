package reprise.dsl.zoo;

import reprise.dsl.claim.Claim;
import reprise.dsl.claim.Rules;

/** What every zoo can be asked, whatever the paper. */
public final class ZooClaims {
  /** Condition of a claim about the whole order. */
  public static final String ALL_PHASES = "all five phases occur";

  /** Condition of a gap: it must exceed the scatter of the seeds. */
  public static final String BEYOND_SEEDS =
      "the gap is more than three standard deviations over seeds";

  /** Condition of a comparison at the same curvature. */
  public static final String SAME_CURVATURE = "mean ln Tr(H) differs by less than one half";

  /** Condition of a claim about the best cell. */
  public static final String IN_FOUR_B = "the best cell lies in phase IV-B";

  /** Smooth, connected and alike models are better than rough ones with barriers. */
  public static final Claim BEST_ABOVE_WORST =
      Claim.ours(
          "phase-four-b-above-one",
          "Models of phase IV-B have a higher test accuracy than models of phase I.",
          Rules.atLeast(0).provided(BEYOND_SEEDS));

  private ZooClaims() {}
}
