package reprise.papers.chinchilla;

import reprise.dsl.claim.Claim;
import reprise.dsl.claim.Expected;
import reprise.dsl.scaling.ScalingClaims;

/**
 * Hoffmann et al. read E as the entropy of natural text, which nobody knows. On a source whose
 * entropy is known the reading can be tested: E must be the entropy.
 */
public final class SourceClaims {
  /** On the source made of cosines. */
  public static final Claim COSINE = claim("cosine", "a Markov source made of cosines");

  /** On a random source. */
  public static final Claim FIRST_RANDOM = claim("random-1", "a random Markov source (seed 1)");

  /** On another random source. */
  public static final Claim SECOND_RANDOM = claim("random-2", "a random Markov source (seed 2)");

  private SourceClaims() {}

  private static Claim claim(String id, String source) {
    return Claim.ours(
        "irreducible-loss-" + id,
        "Small decoders on "
            + source
            + ": the irreducible loss E of the fitted law is the source's entropy rate h.",
        Expected.number(0, "nats of E - h", "known by construction of the source"),
        ScalingClaims.IRREDUCIBLE_IS_ENTROPY.rule());
  }
}
