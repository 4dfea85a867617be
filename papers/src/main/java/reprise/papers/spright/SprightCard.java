package reprise.papers.spright;

import java.util.List;
import reprise.dsl.claim.Card;
import reprise.dsl.claim.Citation;
import reprise.dsl.claim.Claim;
import reprise.dsl.claim.Expected;
import reprise.dsl.claim.Rules;

/**
 * The card of Li et al. 2015. A transform has N = 2^n coefficients, K of them are not 0. After a
 * first run of 20 signals, shares got intervals and 100 signals; the rules stayed.
 */
public final class SprightCard {
  private static final double MOSTLY = 0.9;

  private static final Citation LI =
      new Citation(
          "The SPRIGHT algorithm for robust sparse Hadamard Transforms",
          List.of("Li", "Bradley", "Pawar", "Ramchandran"),
          2015,
          "1508.06336");

  /** Without noise. */
  public static final Claim CLEAN =
      Claim.paper(
          "recovers-without-noise",
          "Three groups of about K bins recover K coefficients from 3 B (log2 N + 1) samples: nine"
              + " signals of ten or more at every size from 2^12 to 2^18.",
          Expected.number(1, "share of signals, with high probability", "theorem, noiseless"),
          Rules.atLeast(MOSTLY));

  /** Samples. */
  public static final Claim SAMPLES =
      Claim.paper(
          "samples-are-k-log-n",
          "The samples that are read are of the order K log N: their constant is no larger for 2^18"
              + " coefficients than for 2^12, within a fifth.",
          Expected.number(1, "ratio of the constants", "theorem, noiseless"),
          Rules.between(0, 1.2));

  /** Time. */
  public static final Claim WORK =
      Claim.paper(
          "work-is-k-log-squared-n",
          "The work is of the order K (log N)^2: its constant is no larger for 2^18 coefficients"
              + " than for 2^12, within a fifth.",
          Expected.number(1, "ratio of the constants", "theorem"),
          Rules.between(0, 1.2));

  /** With noise. */
  public static final Claim NOISY =
      Claim.paper(
          "recovers-in-noise",
          "Seven votes on every bit recover nine noisy signals of ten or more from 5 dB on.",
          Expected.number(1, "least share of signals at 5, 10, 15 and 20 dB", "theorem, noisy"),
          Rules.atLeast(MOSTLY));

  /** No further order. */
  public static final Claim FACTOR =
      Claim.paper(
          "noise-costs-a-constant-factor",
          "Noise costs a constant factor of samples, whatever the size: the same seven votes do at"
              + " 10 dB for 2^12 to 2^18 coefficients.",
          Expected.number(1, "least share of signals", "theorem, noisy"),
          Rules.atLeast(MOSTLY));

  /** Where it ends. */
  public static final Claim FAINT =
      Claim.ours(
          "recovers-at-0-db",
          "The same seven votes also do where noise is as strong as the signal.",
          Expected.number(1, "share of signals", "the theorem holds for any fixed level of noise"),
          Rules.atLeast(MOSTLY));

  /** The check of all of it. */
  public static final Claim FULL =
      Claim.ours(
          "agrees-with-the-full-transform",
          "What was planted is what the full transform of all samples finds.",
          Expected.number(0, "largest difference of a coefficient", "by definition"),
          Rules.between(0, 1e-9));

  /** Applications. */
  public static final Claim HYPERGRAPHS =
      Claim.paper(
          "learns-hypergraphs",
          "The algorithm learns hypergraphs from few evaluations of their cuts.",
          Rules.outOfReach("the sketching experiment is not replayed here"));

  /** The card. */
  public static final Card CARD =
      new Card(
          "spright",
          LI,
          List.of(),
          "optimisation-theory",
          "A Walsh-Hadamard transform with K coefficients is found from about K log N samples in"
              + " about K (log N)^2 additions, with and without noise.",
          List.of(CLEAN, SAMPLES, WORK, NOISY, FACTOR, FAINT, FULL, HYPERGRAPHS));

  private SprightCard() {}
}
