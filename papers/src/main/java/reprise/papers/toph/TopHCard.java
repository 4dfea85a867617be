package reprise.papers.toph;

import java.util.List;
import reprise.dsl.claim.Card;
import reprise.dsl.claim.Citation;
import reprise.dsl.claim.Claim;
import reprise.dsl.claim.Expected;
import reprise.dsl.claim.Rules;

/** The card of the Top-H paper. H is entropy; q is what is kept of p, renormalised. */
public final class TopHCard {
  private static final Citation POTRAGHLOO =
      new Citation(
          "Top-H Decoding: Adapting the Creativity and Coherence with Bounded Entropy in Text"
              + " Generation",
          List.of("Baghaei Potraghloo", "Azizi", "Kundu", "Pedram"),
          2025,
          "2509.02510");

  /** The bound. */
  public static final Claim BOUND =
      Claim.paper(
          "entropy-is-bounded",
          "What top-H keeps never has more than alpha times the entropy of the whole: H(q) <= alpha"
              + " H(p).",
          Expected.number(0, "distributions in which it has", "the optimisation problem"),
          Rules.between(0, 0));

  /** What was published with the paper. */
  public static final Claim RELEASED =
      Claim.ours(
          "published-program-keeps-the-bound",
          "The rule of the published program, which sums -p log p of what it keeps without"
              + " renormalising, keeps that bound, too.",
          Expected.number(0, "distributions in which it does not", "the published program"),
          Rules.between(0, 0));

  /** How good greed is. */
  public static final Claim NEAR_BEST =
      Claim.paper(
          "greedy-is-nearly-best",
          "The greedy rule is nearly optimal: it keeps at least 95 % of the mass of the best subset"
              + " within the bound, on average over distributions of twelve tokens.",
          Expected.number(1, "mass over the best subset's mass", "greedy algorithm"),
          Rules.atLeast(0.95));

  /** High temperature. */
  public static final Claim BELOW_MIN_P =
      Claim.paper(
          "less-entropy-than-min-p-when-hot",
          "At temperature 3 top-H (0.4) keeps less entropy than min-p (0.1).",
          Expected.number(0, "bits that min-p keeps more, to be exceeded", "temperature study"),
          Rules.atLeast(0));

  /** High temperature. */
  public static final Claim BELOW_TOP_P =
      Claim.paper(
          "min-p-keeps-less-than-nucleus-when-hot",
          "At temperature 3 min-p (0.1) keeps less entropy than nucleus sampling (0.9).",
          Expected.number(0, "bits that nucleus keeps more, to be exceeded", "temperature study"),
          Rules.atLeast(0));

  /** Robustness. */
  public static final Claim STEADY =
      Claim.ours(
          "steady-with-temperature",
          "From temperature 0.7 to 3 the entropy that top-H keeps rises at most 0.6 times as much"
              + " as that of min-p.",
          Expected.number(0.6, "ratio of the rises, not to be exceeded", "temperature study"),
          Rules.between(0, 0.6));

  /** The program that ships. */
  public static final Claim NATIVE =
      Claim.ours(
          "native-sampler-draws-what-is-kept",
          "The native sampler of this program draws no token that the rule does not keep.",
          Expected.number(0, "tokens drawn outside", "by construction"),
          Rules.between(0, 0));

  /** The headline. */
  public static final Claim WRITING =
      Claim.paper(
          "better-creative-writing",
          "Top-H improves creative writing by up to 25.63 % over min-p and keeps answers right at"
              + " high temperature.",
          Expected.number(25.63, "%", "abstract"),
          Rules.outOfReach(
              "it rests on models of 3 to 70 billion parameters and on a language model as judge"));

  /** The card. */
  public static final Card CARD =
      new Card(
          "top-h",
          POTRAGHLOO,
          List.of(),
          "decoding/generation",
          "Keep the most probable tokens as long as their entropy stays within a share of the whole"
              + " distribution's: sure models are cut hard, unsure ones little.",
          List.of(BOUND, RELEASED, NEAR_BEST, BELOW_MIN_P, BELOW_TOP_P, STEADY, NATIVE, WRITING));

  private TopHCard() {}
}
