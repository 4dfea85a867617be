package reprise.papers.densing;

import java.util.List;
import reprise.dsl.claim.Card;
import reprise.dsl.claim.Citation;
import reprise.dsl.claim.Claim;
import reprise.dsl.claim.Expected;
import reprise.dsl.claim.Rule;
import reprise.dsl.claim.Rules;
import reprise.dsl.ladder.LadderMeasures;

/** The card of Xiao et al. 2024. */
public final class DensingCard {
  private static final Citation XIAO =
      new Citation(
          "Densing Law of LLMs", List.of("Xiao", "Cai", "Zhao", "et al."), 2024, "2412.04315");

  /** The slope, by MMLU and a public ruler. */
  public static final Claim SLOPE =
      Claim.paper(
          "slope",
          "The density of the densest open models grows as exp(0.0073 t), t in days: it doubles"
              + " every 3.3 months. Here by MMLU alone and with Llama-1 as the ruler.",
          Expected.number(0.0073, "A per day", "section 3.3, equation 5"),
          Rules.between(0.005, 0.009));

  /** How well a straight line describes it. */
  public static final Claim STRAIGHT =
      Claim.paper(
          "straight-line",
          "The trend explains 91 % of the variance of the logarithm of the greatest density.",
          Expected.number(0.912, "R2", "section 3.3"),
          Rules.within(0.05));

  /** Other metrics. */
  public static final Claim METRICS =
      Claim.paper(
          "metrics-agree",
          "The doubling time varies slightly from benchmark to benchmark. Here: the longest of"
              + " MMLU, ARC-C, HellaSwag and GSM8K is at most 1.5 times the shortest.",
          Expected.number(1.5, "longest over shortest doubling time", "section 3.3, our threshold"),
          Rules.between(1, 1.5));

  /** Large models alone. */
  public static final Claim LARGE =
      Claim.ours(
          "large-models-too",
          "Models of at least 6 B parameters, the sizes of the ruler, double in 0.8 to 1.25 times"
              + " the time of all models: the trend is not made by small models outside the ruler.",
          Rules.between(0.8, 1.25));

  /** Table 1 counts what it says. */
  public static final Claim REFERENCES =
      Claim.paper(
          "reference-sizes",
          "The six reference models have the printed numbers of parameters: grouped-query"
              + " attention, gated feed-forward, no biases, embeddings not counted.",
          Expected.number(6, "rows of table 1 that agree to the unit", "table 1"),
          Rules.between(6, 6));

  /** Price halving, by arithmetic. */
  public static final Claim PRICE =
      Claim.paper(
          "price-halving",
          "From 20 USD (December 2022) to 0.075 USD (August 2024) a million tokens, the price of"
              + " one capability halves every 2.6 months.",
          Expected.number(2.6, "months", "section 3.4; computed from the two prices"),
          Rules.between(2.55, 2.65));

  /** Density times chips, by arithmetic. */
  public static final Claim TOGETHER =
      Claim.paper(
          "density-and-chips",
          "With chips that double every 2.1 years, the size that fits a price doubles every 88"
              + " days. Computed from the paper's own fit, A = 0.0073.",
          Expected.number(88, "days", "section 3.4"),
          Rules.between(87, 89));

  /** Before and after ChatGPT. */
  public static final Claim FASTER =
      Claim.paper(
          "faster-after-chatgpt",
          "The slope on MMLU was 0.0048 before ChatGPT and is 0.0073 after it.",
          Expected.number(0.0073 / 0.0048, "ratio of slopes", "section 3.3, figure 4"),
          Rules.outOfReach(
              "open models from before 2023 are at chance on MMLU, so their density has no value"));

  /** Compressed models. */
  public static final Claim COMPRESSION =
      Claim.paper(
          "compression-lowers-density",
          "Pruned and distilled models are less dense than the models they come from, except"
              + " Gemma-2-9B.",
          Rules.outOfReach(
              "the scores of compressed models are only drawn in figure 3, and the public scores"
                  + " have none of them"));

  /** The second step has something to stand on. */
  public static final Claim LOSS_TO_SCORE =
      Claim.ours(
          "loss-explains-score",
          "Among small decoders trained here, the loss on the true words of a cloze test explains"
              + " at least nine tenths of the variance of the score's logit.",
          Rules.atLeast(0.9).provided(LadderMeasures.THREE_SEEDS));

  /** The ladder measures itself. */
  public static final Claim OWN_SIZES =
      Claim.ours(
          "ladder-measures-itself",
          "Read off its own two-step law, no reference model at D0 has an effective size more than"
              + " twice or less than half of its own.",
          Rules.between(1, 2).provided(LadderMeasures.THREE_SEEDS));

  /** A better recipe. */
  public static final Claim BETTER_RECIPE =
      ladder(
          "better-recipe-is-denser",
          "Trained on a quarter more tokens, a model of the ladder's third size is denser than the"
              + " ladder's own.",
          Rules.atLeast(1));

  /** A worse recipe. */
  public static final Claim WORSE_RECIPE =
      ladder(
          "worse-recipe-is-less-dense",
          "Trained at half the ladder's learning rate on as many tokens, it is less dense.",
          Rules.atMost(1));

  /** A little pruning. */
  public static final Claim PRUNED_FIFTH =
      ladder(
          "pruned-by-a-fifth-less-dense",
          "Without the fifth of its weights of least magnitude, and without training after that, a"
              + " model is less dense than before, by the parameters that remain.",
          Rules.atMost(1));

  /** More pruning. */
  public static final Claim PRUNED_MORE =
      ladder(
          "pruned-by-two-fifths-less-dense",
          "Without two fifths of its weights it is less dense than before.",
          Rules.atMost(1));

  /** Eight bits. */
  public static final Claim INT8 =
      ladder(
          "eight-bits-as-dense",
          "Rounded to eight bits a model keeps its density to a tenth, by parameters; by bytes it"
              + " is then four times as dense.",
          Rules.between(0.9, 1.1));

  /** Four bits. */
  public static final Claim INT4 =
      ladder(
          "four-bits-less-dense",
          "Rounded to four bits a model is less dense than before, by parameters.",
          Rules.atMost(1));

  // Widths, tokens, rates and shares were chosen after a look at shorter ladders, on which the
  // sizes
  // of a seed could not be told apart: too few steps, too high a rate. The rules were not changed,
  // but two claims were: half the rate as the worse recipe and more tokens as the better one took
  // the place of a higher rate, after one-seed probes.
  private static Claim ladder(String id, String sentence, Rule rule) {
    return Claim.ours(
        id, sentence, rule.provided(LadderMeasures.THREE_SEEDS, LadderMeasures.INSIDE));
  }

  /** The card. */
  public static final Card CARD =
      new Card(
          "densing",
          XIAO,
          List.of(),
          "scaling-laws",
          "The density of open models, the size of a reference model with the same score over their"
              + " own size, doubles about every three months.",
          List.of(
              SLOPE,
              STRAIGHT,
              METRICS,
              LARGE,
              REFERENCES,
              PRICE,
              TOGETHER,
              FASTER,
              COMPRESSION,
              LOSS_TO_SCORE,
              OWN_SIZES,
              BETTER_RECIPE,
              WORSE_RECIPE,
              PRUNED_FIFTH,
              PRUNED_MORE,
              INT8,
              INT4));

  private DensingCard() {}
}
