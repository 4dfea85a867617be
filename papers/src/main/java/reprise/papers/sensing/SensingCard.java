package reprise.papers.sensing;

import java.util.List;
import reprise.dsl.claim.Card;
import reprise.dsl.claim.Citation;
import reprise.dsl.claim.Claim;
import reprise.dsl.claim.Expected;
import reprise.dsl.claim.Rules;

/**
 * The card of Xiong, Ding and Du 2023. The unknown matrix has rank r, the factors k columns. Chosen
 * after a look, with no rule changed: that the two factors on Gaussian measurements begin at scale
 * 1; the steps and draws that the reproduction's parts name.
 */
public final class SensingCard {
  private static final double CONVERGED = 1e-20;
  private static final String NO_NUMBER =
      "the theorem names a rate; 1e-20 is where double precision ends for this loss";

  private static final Citation XIONG =
      new Citation(
          "How Over-Parameterization Slows Down Gradient Descent in Matrix Sensing: The Curses of"
              + " Symmetry and Initialization",
          List.of("Xiong", "Ding", "Du"),
          2023,
          "2310.01769");

  /** The known case that the others are compared with. */
  public static final Claim EXACT =
      Claim.paper(
          "exact-rank-is-linear",
          "With k = r columns, symmetric descent converges linearly: nothing is left after a"
              + " thousand steps.",
          Expected.number(0, "largest squared error", "introduction; " + NO_NUMBER),
          Rules.between(0, CONVERGED));

  /** Theorem: the curse of symmetry. */
  public static final Claim SYMMETRIC =
      Claim.paper(
          "symmetric-is-one-over-t-squared",
          "With k = 2 r columns, symmetric descent from random factors is slow: its error falls as"
              + " 1 / T^2 and no faster.",
          Expected.number(-2, "slope of log error on log T", "lower bound Omega(1 / T^2)"),
          Rules.between(-2.1, -1.8));

  /** The same with more columns. */
  public static final Claim SYMMETRIC_WIDE =
      Claim.ours(
          "symmetric-is-slow-at-four-times-the-rank",
          "With k = 4 r columns the slope is the same.",
          Expected.number(-2, "slope of log error on log T", "lower bound Omega(1 / T^2)"),
          Rules.between(-2.1, -1.8));

  /** Theorem: asymmetry breaks it. */
  public static final Claim ASYMMETRIC =
      Claim.paper(
          "asymmetric-is-linear",
          "With k = 2 r columns and two factors that begin unbalanced, descent converges linearly.",
          Expected.number(0, "largest squared error", "upper bound exp(-a^2 T); " + NO_NUMBER),
          Rules.between(0, CONVERGED));

  /** The curse of initialisation. */
  public static final Claim SCALE =
      Claim.paper(
          "rate-grows-with-the-scale",
          "The linear rate of asymmetric descent grows with the scale alpha of the first factors:"
              + " it is larger from 1 than from 1/2.",
          Expected.number(1, "ratio of the rates, to be exceeded", "upper bound exp(-a^2 T)"),
          Rules.atLeast(1));

  /** Its exponent. */
  public static final Claim SQUARE =
      Claim.paper(
          "rate-is-the-scale-squared",
          "The rate is of the order alpha^2: four times as fast from 1/4 as from 1/8.",
          Expected.number(4, "ratio of the rates", "upper bound exp(-a^2 T)"),
          Rules.between(3, 5));

  /** Measurements instead of entries. */
  public static final Claim SEEN_EXACT =
      Claim.ours(
          "exact-rank-is-linear-with-measurements",
          "1200 Gaussian measurements of a 30 x 30 matrix of rank 3 change nothing of it: k = r"
              + " converges linearly.",
          Expected.number(0, "largest squared error", "theorems for sensing; " + NO_NUMBER),
          Rules.between(0, CONVERGED));

  /** Measurements instead of entries. */
  public static final Claim SEEN_SYMMETRIC =
      Claim.ours(
          "symmetric-is-slow-with-measurements",
          "With the same measurements symmetric descent with k = 2 r is still far from the end"
              + " after 3000 steps.",
          Expected.number(1e-6, "smallest squared error, to be exceeded", "theorems for sensing"),
          Rules.atLeast(1e-6));

  /** Measurements instead of entries. */
  public static final Claim SEEN_ASYMMETRIC =
      Claim.ours(
          "asymmetric-is-linear-with-measurements",
          "With the same measurements and steps, asymmetric descent with k = 2 r has converged.",
          Expected.number(0, "largest squared error", "theorems for sensing; " + NO_NUMBER),
          Rules.between(0, CONVERGED));

  /** The remedy. */
  public static final Claim REMEDY =
      Claim.paper(
          "one-changed-step",
          "Changing the factors once, late in the descent, makes the rate independent of alpha.",
          Rules.outOfReach(
              "the changed step has not been transcribed from the paper, and only plain descent is"
                  + " replayed here"));

  /** The card. */
  public static final Card CARD =
      new Card(
          "matrix-sensing-overparam",
          XIONG,
          List.of(),
          "optimisation-theory",
          "More columns than the rank make symmetric gradient descent slow (1 / T^2 instead of"
              + " linear); two factors that begin unbalanced make it linear again, at a rate that"
              + " depends on how large they begin.",
          List.of(
              EXACT,
              SYMMETRIC,
              SYMMETRIC_WIDE,
              ASYMMETRIC,
              SCALE,
              SQUARE,
              SEEN_EXACT,
              SEEN_SYMMETRIC,
              SEEN_ASYMMETRIC,
              REMEDY));

  private SensingCard() {}
}
