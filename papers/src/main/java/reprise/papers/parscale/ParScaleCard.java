package reprise.papers.parscale;

import java.util.List;
import reprise.dsl.claim.Card;
import reprise.dsl.claim.Citation;
import reprise.dsl.claim.Claim;
import reprise.dsl.claim.Expected;
import reprise.dsl.claim.Rules;

/** The card of Chen et al. 2025. */
public final class ParScaleCard {
  private static final Citation CHEN =
      new Citation(
          "Parallel Scaling Law for Language Models",
          List.of("Chen", "Hui", "Cui", "Yang", "Liu", "Sun", "Lin", "Liu"),
          2025,
          "2505.10475");

  private static final String EQUATION = "equation 5, fitted constants";

  /** Parameters of the paper's pairs of equal scores, in units of one. */
  private static final double ON_CODE = 4.4e9;

  private static final double ON_TEXT = 2.8e9;

  /** Code. */
  public static final Claim K_STACK =
      Claim.paper(
          "k-on-code",
          "On Stack-V2 Python P streams act like k ln P + 1 times the parameters, k = .39.",
          Expected.number(0.39, "k", EQUATION),
          Rules.within(0.02));

  /** Text. */
  public static final Claim K_PILE =
      Claim.paper(
          "k-on-text",
          "On the Pile P streams act like k ln P + 1 times the parameters, k = .33.",
          Expected.number(0.33, "k", EQUATION),
          Rules.within(0.02));

  /** Reasoning gains more than knowledge. */
  public static final Claim CODE_GAINS_MORE =
      Claim.paper(
          "code-gains-more",
          "Streams help more where more is reasoned: k is larger on code than on the Pile.",
          Expected.number(0.33, "k on the Pile, to be exceeded on code", EQUATION),
          Rules.atLeast(0.33));

  /** Extrapolation over streams, code. */
  public static final Claim EIGHT_STREAMS_STACK = eight("eight-streams-on-code", "Stack-V2 Python");

  /** Extrapolation over streams, text. */
  public static final Claim EIGHT_STREAMS_PILE = eight("eight-streams-on-text", "the Pile");

  /** Extrapolation over sizes, code. */
  public static final Claim LARGEST_STACK = largest("largest-model-on-code", "Stack-V2 Python");

  /** Extrapolation over sizes, text. */
  public static final Claim LARGEST_PILE = largest("largest-model-on-text", "the Pile");

  /** The form in P, code. */
  public static final Claim LOGARITHM_STACK =
      logarithm("logarithm-not-power-on-code", "Stack-V2 Python");

  /** The form in P, text. */
  public static final Claim LOGARITHM_PILE = logarithm("logarithm-not-power-on-text", "the Pile");

  /** The paper's pair on code, in loss. */
  public static final Claim EQUAL_IN_LOSS_CODE =
      Claim.ours(
          "eight-streams-are-4b-in-loss-on-code",
          "By the fitted law 1.6 B parameters with 8 streams have the loss on code of a plain model"
              + " of 4.4 B, as they have its score on HumanEval+.",
          Expected.number(ON_CODE, "parameters of the plain model", "section 4, HumanEval+"),
          Rules.within(0.1));

  /** The paper's pair on general tasks, in loss. */
  public static final Claim EQUAL_IN_LOSS_TEXT =
      Claim.ours(
          "eight-streams-are-3b-in-loss-on-text",
          "By the fitted law 1.6 B parameters with 8 streams have the loss on the Pile of a plain"
              + " model of 2.8 B, as they have its mean score on general tasks.",
          Expected.number(ON_TEXT, "parameters of the plain model", "section 4, general tasks"),
          Rules.within(0.1));

  /** Small models, narrow. */
  public static final Claim FOUR_HELP_NARROW = four("four-streams-help-at-width-16", 16);

  /** Small models, wide. */
  public static final Claim FOUR_HELP_WIDE = four("four-streams-help-at-width-32", 32);

  /** Each doubling. */
  public static final Claim EACH_DOUBLING =
      Claim.ours(
          "each-doubling-helps",
          "At both widths two streams have a lower loss than one and four than two.",
          Rules.atLeast(0));

  /** Not the extra parameters, narrow. */
  public static final Claim BEYOND_EXTRAS_NARROW = beyond("gain-beyond-extras-at-width-16", 16);

  /** Not the extra parameters, wide. */
  public static final Claim BEYOND_EXTRAS_WIDE = beyond("gain-beyond-extras-at-width-32", 32);

  /** Less than parameters, narrow. */
  public static final Claim LESS_THAN_PARAMETERS =
      Claim.ours(
          "four-streams-are-less-than-four-times-parameters",
          "At width 16 a plain decoder reaches the loss of 4 streams with more than once and less"
              + " than four times the parameters.",
          Expected.number(
              1 + 0.39 * Math.log(4), "times the parameters", "k = .39, ours at width 16"),
          Rules.between(1, 4));

  /** The price. */
  public static final Claim EQUAL_COMPUTE =
      Claim.ours(
          "parameters-win-at-equal-compute",
          "At equal training compute and tokens a plain decoder of more parameters has a lower loss"
              + " than 4 streams at width 16: k ln P + 1 is less than P.",
          Rules.atLeast(0));

  /** The form at our scale. */
  public static final Claim LAW_RETRAINED =
      Claim.paper(
          "law-of-ln-p-retrained",
          "The gain grows with ln P.",
          Rules.outOfReach(
              "with models of 10 to 40 thousand parameters P = 2 is within the noise of seeds, and"
                  + " P = 1 and 4 do not tell a logarithm from another form"));

  /** Scores of trained models. */
  public static final Claim SCORES =
      Claim.paper(
          "scores-of-1-6b",
          "1.6 B parameters with 8 streams score 39.1 on HumanEval+ and 4.4 B score 39.2.",
          Expected.number(39.1, "HumanEval+", "section 4"),
          Rules.outOfReach("it takes models of 1.6 and 4.4 B trained on 42 B tokens"));

  /** Inference. */
  public static final Claim MEMORY =
      Claim.paper(
          "memory-of-inference",
          "For the same loss streams need 22 times less additional memory and 6 times less"
              + " additional latency than parameters, at batch 1.",
          Expected.number(22, "times less additional memory", "section 5"),
          Rules.outOfReach("it was measured on one GPU with models of billions of parameters"));

  /** Two stages. */
  public static final Claim TWO_STAGES =
      Claim.paper(
          "two-stages",
          "A trillion tokens of plain training and 20 B with streams suffice.",
          Rules.outOfReach("it takes a trillion tokens"));

  /** The card. */
  public static final Card CARD =
      new Card(
          "parallel-scaling-law",
          CHEN,
          List.of(),
          "scaling-laws",
          "Sending the same window through one model P times, behind P learned prefixes, and joining"
              + " the outputs, lowers the loss like k ln P + 1 times the parameters; compute takes"
              + " the place of memory.",
          List.of(
              K_STACK,
              K_PILE,
              CODE_GAINS_MORE,
              EIGHT_STREAMS_STACK,
              EIGHT_STREAMS_PILE,
              LARGEST_STACK,
              LARGEST_PILE,
              LOGARITHM_STACK,
              LOGARITHM_PILE,
              EQUAL_IN_LOSS_CODE,
              EQUAL_IN_LOSS_TEXT,
              FOUR_HELP_NARROW,
              FOUR_HELP_WIDE,
              EACH_DOUBLING,
              BEYOND_EXTRAS_NARROW,
              BEYOND_EXTRAS_WIDE,
              LESS_THAN_PARAMETERS,
              EQUAL_COMPUTE,
              LAW_RETRAINED,
              SCORES,
              MEMORY,
              TWO_STAGES));

  private ParScaleCard() {}

  private static Claim eight(String id, String corpus) {
    return Claim.ours(
        id,
        "Fitted to at most 4 streams on " + corpus + ", the law predicts the losses of 8.",
        Expected.number(0, "mean relative error, 1 % at most", "six models kept from the fit"),
        Rules.between(0, 0.01));
  }

  private static Claim largest(String id, String corpus) {
    return Claim.ours(
        id,
        "Fitted below 3 B parameters on " + corpus + ", the law predicts the losses of 4.4 B.",
        Expected.number(0, "mean relative error, 1 % at most", "four models kept from the fit"),
        Rules.between(0, 0.01));
  }

  private static Claim logarithm(String id, String corpus) {
    return Claim.ours(
        id,
        "On "
            + corpus
            + " k ln P + 1 predicts 8 streams better than a power P^k, both fitted to at most 4.",
        Expected.number(1, "error of the power over that of the logarithm", "ours, to be reached"),
        Rules.atLeast(1));
  }

  private static Claim four(String id, int width) {
    return Claim.ours(
        id,
        "At width " + width + " four streams have a lower held-out loss than one.",
        Rules.atLeast(0));
  }

  private static Claim beyond(String id, int width) {
    return Claim.ours(
        id,
        "At width "
            + width
            + " four streams have a lower loss than a plain decoder of as many parameters,"
            + " aggregator and prefixes included.",
        Rules.atLeast(0));
  }
}
