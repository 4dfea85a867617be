package reprise.papers.nmt;

import java.util.List;
import reprise.dsl.claim.Card;
import reprise.dsl.claim.Citation;
import reprise.dsl.claim.Claim;
import reprise.dsl.claim.Expected;
import reprise.dsl.claim.Rules;
import reprise.dsl.scaling.ScalingClaims;

/**
 * The card of Ghorbani et al. 2021. The rules were written before the recorded runs. The number of
 * pairs at laptop scale was chosen after a look at the four corners of the grid with seed 1, which
 * showed that models leave the plateau of the words' frequencies; no rule was changed by it. At
 * smoke scale the fit ran off to exponents of -64. So before the verdicts at laptop scale the four
 * claims on constants got one more condition, that the points determine the constants; it can only
 * make a verdict inconclusive.
 */
public final class TranslationCard {
  private static final Citation GHORBANI =
      new Citation(
          "Scaling Laws for Neural Machine Translation",
          List.of("Ghorbani", "Firat", "Freitag", "Bapna", "Krikun", "Garcia", "Chelba", "Cherry"),
          2021,
          "2109.07740");

  private static final String OURS = "our size: a grammar, encoders and decoders of 1 to 3 blocks";

  /** The paper's main claim at our size. */
  public static final Claim BIVARIATE =
      Claim.ours(
          "both-sizes-beat-their-sum",
          "A law of encoder and decoder predicts a model left out better than a law of all"
              + " parameters.",
          Expected.number(1, "error of the law of the sum over that of both, to be reached", OURS),
          Rules.atLeast(1));

  /** The sign of the exponents. */
  public static final Claim EXPONENTS =
      Claim.ours(
          "both-exponents-positive",
          "More encoder and more decoder each lower the loss: p_e and p_d are positive.",
          Expected.number(0, "the lesser exponent, to be reached", OURS),
          Rules.atLeast(0).provided(ScalingClaims.IDENTIFIED));

  /** Which one is larger. */
  public static final Claim DECODER =
      Claim.ours(
          "decoder-exponent-larger",
          "The decoder's exponent is the larger one, as on all test sets of the paper.",
          Expected.number(0, "p_d - p_e, to be reached", OURS),
          Rules.atLeast(0).provided(ScalingClaims.IDENTIFIED));

  /** The best split. */
  public static final Claim EQUAL_DEPTHS =
      Claim.ours(
          "equal-depths-nearly-best",
          "As many blocks of encoder as of decoder cost at most a tenth more reducible loss than the"
              + " best split of as many parameters.",
          Expected.number(0.1, "excess of reducible loss, at most", OURS),
          Rules.atMost(0.1).provided(ScalingClaims.IDENTIFIED));

  /** The irreducible loss. */
  public static final Claim FLOOR =
      Claim.ours(
          "irreducible-loss-is-the-noise",
          "The irreducible loss of the fitted law is the loss of one who knows the language.",
          Expected.number(0, "nats of L_inf - h", "known by construction of the grammar"),
          Rules.intervalContainsClaim().provided(ScalingClaims.IDENTIFIED));

  /** Their constants. */
  public static final Claim CONSTANTS =
      Claim.paper(
          "constants-of-four-test-sets",
          "The law fits every test set with R^2 above .99.",
          Expected.number(0.99, "R^2, to be exceeded", "section 3"),
          Rules.outOfReach(
              "constants and losses were published in figures only, and their 2.2 billion sentence"
                  + " pairs not at all"));

  /** Decoder-heavy optimum. */
  public static final Claim SPLIT =
      Claim.paper(
          "decoder-share-of-the-best-split",
          "A decoder of about .55 of all parameters is almost optimal.",
          Expected.number(0.55, "N_d/N of the symmetric models", "section 3"),
          Rules.outOfReach(
              "it follows from constants that were not published, of models of up to 3 B"
                  + " parameters"));

  /** Quality. */
  public static final Claim BLEU =
      Claim.paper(
          "bleu-follows-loss",
          "On text written in the target language BLEU is a power of the loss; on text written in"
              + " the source language it saturates.",
          Rules.outOfReach("a grammar has no text that was translated by people"));

  /** The card. */
  public static final Card CARD =
      new Card(
          "scaling-nmt",
          GHORBANI,
          List.of(),
          "scaling-laws",
          "The loss of a translator is a product of powers of encoder and decoder size above a"
              + " floor; their exponents differ, so the sum of parameters does not suffice.",
          List.of(BIVARIATE, EXPONENTS, DECODER, EQUAL_DEPTHS, FLOOR, CONSTANTS, SPLIT, BLEU));

  private TranslationCard() {}
}
