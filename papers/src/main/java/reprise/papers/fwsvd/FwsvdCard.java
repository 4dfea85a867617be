package reprise.papers.fwsvd;

import java.util.List;
import reprise.dsl.claim.Card;
import reprise.dsl.claim.Citation;
import reprise.dsl.claim.Claim;
import reprise.dsl.claim.Expected;
import reprise.dsl.claim.Rules;

/** The card of Hsu et al. 2022. Numbers are the rise of the loss, weighted SVD over plain SVD. */
public final class FwsvdCard {
  private static final String RATIO = "ratio of the rises";

  private static final Citation HSU =
      new Citation(
          "Language model compression with weighted low-rank factorization",
          List.of("Hsu", "Hua", "Chang", "Lou", "Shen", "Jin"),
          2022,
          "2207.00112");

  /** The method, hard compression. */
  public static final Claim RANK_2 =
      Claim.paper(
          "saves-loss-at-rank-2",
          "Fisher weights save loss: at rank 2 of 48, the embedding of a bigram model on Zipf's law"
              + " loses less than by plain SVD in every model.",
          Expected.number(1, RATIO + ", not to be reached", "method, table of task losses"),
          Rules.between(0, 1));

  /** The method, less hard compression. */
  public static final Claim RANK_4 =
      Claim.paper(
          "saves-loss-at-rank-4",
          "The same holds at rank 4.",
          Expected.number(1, RATIO + ", not to be reached", "method, table of task losses"),
          Rules.between(0, 1));

  /** Why the error of the matrix is the wrong aim. */
  public static final Claim ERROR =
      Claim.paper(
          "though-the-matrix-is-farther",
          "Although the matrix itself is reproduced less well than by plain SVD.",
          Expected.number(1, "ratio of Frobenius errors, to be exceeded", "motivation"),
          Rules.atLeast(1));

  /** Where it fades. */
  public static final Claim RANK_16 =
      Claim.ours(
          "still-saves-at-rank-16",
          "At rank 16, a third of the whole, it still saves a tenth of the rise on average.",
          Expected.number(0.9, RATIO + ", not to be exceeded", "the paper compresses to a third"),
          Rules.between(0, 0.9));

  /** Control. */
  public static final Claim UNIFORM =
      Claim.ours(
          "no-gain-where-rows-are-alike",
          "Where all tokens are equally frequent the rows weigh about the same, and nothing is"
              + " gained or lost: 6 % at most, at rank 4.",
          Expected.number(1, RATIO, "follows from equal weights"),
          Rules.between(0.94, 1.06));

  /**
   * Where it may harm. After a look at a smoke run a difference, not a ratio: compressing an
   * overfit model can lower its loss on fresh examples, and a ratio of such rises means nothing.
   */
  public static final Claim VARIANCE =
      Claim.ours(
          "saves-where-variance-means-nothing",
          "It also saves loss for an overfit classifier whose meaningless inputs vary most, at rank"
              + " 2.",
          Expected.number(0, "nats lost more, not to be exceeded", "the method names no exception"),
          Rules.atMost(0));

  /** The headline. */
  public static final Claim MODELS =
      Claim.paper(
          "compresses-compact-models",
          "Compact language models shrink by a further 9 to 30 % at the same quality.",
          Expected.number(30, "%", "abstract"),
          Rules.outOfReach("it takes fine-tuned BERT-class models and their benchmarks"));

  /** The card. */
  public static final Card CARD =
      new Card(
          "fwsvd",
          HSU,
          List.of(),
          "low-rank/compression",
          "Weighing the rows of a matrix by their Fisher information before the singular value"
              + " decomposition saves what the task needs, not what the matrix is.",
          List.of(RANK_2, RANK_4, ERROR, RANK_16, UNIFORM, VARIANCE, MODELS));

  private FwsvdCard() {}
}
