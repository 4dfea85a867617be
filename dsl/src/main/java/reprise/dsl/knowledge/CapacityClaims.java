package reprise.dsl.knowledge;

import reprise.dsl.claim.Claim;
import reprise.dsl.claim.Rules;

/** Claims that any experiment on knowledge capacity can speak to. */
public final class CapacityClaims {
  /** Exposures gate knowledge. */
  public static final Claim MORE_EXPOSURES =
      Claim.ours(
          "more-exposures-more-bits",
          "Bits a parameter rise with the number of exposures, in every seed.",
          Rules.atLeast(1));

  /** Eight bits are enough. */
  public static final Claim INT8_KEEPS =
      Claim.ours(
          "int8-keeps-knowledge",
          "Rounding the matrices to eight bits loses less than 2 % of the bits a parameter.",
          Rules.atLeast(0.98));

  private CapacityClaims() {}
}
