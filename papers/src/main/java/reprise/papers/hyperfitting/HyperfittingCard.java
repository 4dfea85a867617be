package reprise.papers.hyperfitting;

import static reprise.dsl.hyperfit.HyperfitMeasures.NEAR_ZERO;
import static reprise.dsl.hyperfit.HyperfitMeasures.THREE_SEEDS;

import java.util.List;
import reprise.dsl.claim.Card;
import reprise.dsl.claim.Citation;
import reprise.dsl.claim.Claim;
import reprise.dsl.claim.Expected;
import reprise.dsl.claim.Rule;
import reprise.dsl.claim.Rules;

/**
 * The card of Carlsson et al. 2024. Numbers of the paper were read through its public reviews and a
 * summary that quote its tables; those of models of 1 to 70 billion parameters are stated as such,
 * and what a small model can test of them is a claim of ours with its own threshold.
 */
public final class HyperfittingCard {
  static final Citation CARLSSON =
      new Citation(
          "The Hyperfitting Phenomenon: Sharpening and Stabilizing LLMs for Open-Ended Text"
              + " Generation",
          List.of("Carlsson", "Liu", "Ward", "Kurfali", "Nivre"),
          2024,
          "2412.04318");

  private static final String TOO_LARGE =
      "it needs models of 1 to 70 billion parameters and human judges";

  /** Diversity rises. */
  public static final Claim DIVERSITY =
      ours(
          "greedy-diversity-rises",
          "Hyperfitting multiplies the type-token ratio of greedy texts by at least 1.5.",
          Expected.number(
              0.684 / 0.400,
              "times",
              "arXiv 2605.22579, table 1: TinyLlama-1.1B from 0.400 to 0.684"),
          Rules.atLeast(1.5));

  /** Perplexity rises. */
  public static final Claim PERPLEXITY =
      ours(
          "perplexity-explodes",
          "Hyperfitting at least doubles perplexity on held-out text.",
          Expected.number(10, "times", "Carlsson et al., table 1: 10 to 16 times worse"),
          Rules.atLeast(2));

  /** Entropy falls. */
  public static final Claim ENTROPY =
      ours(
          "entropy-collapses",
          "Hyperfitting brings the entropy of predictions on held-out text below 0.6 of what it"
              + " was.",
          Expected.number(
              1.46 / 3.47, "times", "Carlsson et al., table 3: Llama-3.1-8B from 3.47 to 1.46"),
          Rules.between(0, 0.6));

  /** Nucleus sampling is not needed. */
  public static final Claim NUCLEUS =
      ours(
          "greedy-as-diverse-as-nucleus",
          "Greedy texts of the hyperfitted model are at least as diverse as nucleus samples (mass"
              + " 0.9) of the original.",
          Rules.atLeast(1));

  /** Texts are not recited. */
  public static final Claim NO_RECITATION =
      ours(
          "texts-are-not-recited",
          "Fewer than 2 % of greedy texts repeat more than ten tokens of the fine-tuning set in a"
              + " row.",
          Expected.number(
              0.02, "of texts at most", "Carlsson et al., table 2: less than 2 % of texts"),
          Rules.between(0, 0.02));

  /** Blocking changes little. */
  public static final Claim BLOCKING =
      ours(
          "blocking-keeps-diversity",
          "Forbidding every run of five tokens of the set changes the type-token ratio by less than"
              + " 10 %.",
          Expected.number(
              41.2 / 42.9,
              "times the preference, not the type-token ratio",
              "Carlsson et al., table 1: Llama-3.1-8B from 42.9 to 41.2 %"),
          Rules.between(0.9, 1.1));

  /** Order matters. */
  public static final Claim ORDER =
      ours(
          "order-of-data-matters",
          "Two orders of the same data lead to the same most probable token on 50 to 85 % of"
              + " held-out positions.",
          Expected.number(0.70, "of positions", "Carlsson et al., figure 5: 68 to 75 %"),
          Rules.between(0.5, 0.85));

  /** Few windows suffice. */
  public static final Claim SIXTEEN =
      ours(
          "sixteen-windows-suffice",
          "At the same number of updates sixteen windows are enough to multiply the type-token"
              + " ratio of greedy texts by 1.5.",
          Rules.atLeast(1.5));

  /** A batch is too few. */
  public static final Claim EIGHT =
      ours(
          "eight-windows-are-fewer",
          "With eight windows, a single batch, greedy texts are less diverse than with sixteen.",
          Rules.between(0, 0.99));

  /** Diversity follows the training loss. */
  public static final Claim FOLLOWS_LOSS =
      ours(
          "diversity-follows-training-loss",
          "The type-token ratio of greedy texts rises as training loss falls to zero: their rank"
              + " correlation along a run is at most -0.8.",
          Rules.between(-1, -0.8));

  /** It is not a temperature. */
  public static final Claim NOT_TEMPERATURE =
      ours(
          "not-a-temperature",
          "Drawn at the temperature that gives it the hyperfitted model's entropy, the original is"
              + " less diverse than the hyperfitted model's greedy texts.",
          Expected.number(
              0.684 / 0.397,
              "times",
              "arXiv 2605.22579, table 1: TinyLlama-1.1B at temperature 0.59 has 0.397"),
          Rules.atLeast(1));

  /** The baseline that reviewers asked for. */
  public static final Claim EARLY_STOPPING =
      ours(
          "early-stopping-is-not-enough",
          "Fine-tuning that stops where held-out perplexity is best has less than half of the gain"
              + " in type-token ratio.",
          Rules.between(-1, 0.5));

  /** Preference of human readers. */
  public static final Claim PREFERENCE =
      Claim.paper(
          "human-preference-tinyllama",
          "Human readers prefer hyperfitted greedy continuations of TinyLlama-1.1B to the original"
              + " text, or find them equal, in 34.4 % of cases, against 4.9 % before.",
          Expected.number(34.4, "% of 256-token continuations", "Carlsson et al., table 1"),
          Rules.outOfReach(TOO_LARGE));

  /** Preference over nucleus sampling. */
  public static final Claim BEATS_NUCLEUS =
      Claim.paper(
          "human-preference-nucleus",
          "Hyperfitted greedy texts of Llama-3.1-8B are preferred in 42.9 % of cases, nucleus"
              + " samples of the original in 38.5 %.",
          Expected.number(42.9, "% of 256-token continuations", "Carlsson et al., table 1"),
          Rules.outOfReach(TOO_LARGE));

  /** The card. */
  public static final Card CARD =
      new Card(
          "hyperfitting",
          CARLSSON,
          List.of(
              new Citation(
                  "Beyond Temperature: Hyperfitting as a Late-Stage Geometric Expansion",
                  List.of("et al."),
                  2026,
                  "2605.22579")),
          "training-dynamics",
          "A language model fine-tuned on a few texts until its training loss is near zero writes"
              + " far more varied greedy texts, though its held-out perplexity is much worse.",
          List.of(
              DIVERSITY,
              PERPLEXITY,
              ENTROPY,
              NUCLEUS,
              NO_RECITATION,
              BLOCKING,
              ORDER,
              SIXTEEN,
              EIGHT,
              FOLLOWS_LOSS,
              NOT_TEMPERATURE,
              EARLY_STOPPING,
              PREFERENCE,
              BEATS_NUCLEUS));

  private HyperfittingCard() {}

  private static Claim ours(String id, String sentence, Expected expected, Rule rule) {
    return Claim.ours(id, sentence, expected, rule.provided(THREE_SEEDS, NEAR_ZERO));
  }

  private static Claim ours(String id, String sentence, Rule rule) {
    return Claim.ours(id, sentence, rule.provided(THREE_SEEDS, NEAR_ZERO));
  }
}
