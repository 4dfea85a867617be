package reprise.papers.cutloss;

import java.util.List;
import reprise.dsl.claim.Card;
import reprise.dsl.claim.Citation;
import reprise.dsl.claim.Claim;
import reprise.dsl.claim.Expected;
import reprise.dsl.claim.Rules;

/**
 * The card of Wijmans et al. 2024. Numbers of Gemma 2 (2B): the abstract, and the table of the
 * authors' code for 8192 tokens and 256,000 classes. All rules were stated before the first run;
 * after a look at one seed, batch, updates and held-out tokens of the bigram models were halved for
 * time.
 */
public final class CutLossCard {
  private static final Citation WIJMANS =
      new Citation(
          "Cut Your Losses in Large-Vocabulary Language Models",
          List.of("Wijmans", "Huval", "Hertzberg", "Koltun", "Krähenbühl"),
          2024,
          "2411.09009");

  /** Exactness, forward. */
  public static final Claim LOSS =
      Claim.paper(
          "same-loss",
          "The loss by blocks is the loss of logits in memory.",
          Expected.number(1e-5, "relative error, not to be exceeded", "section 4, exact"),
          Rules.atMost(1e-5));

  /** Exactness, backward, without the filter. */
  public static final Claim GRADIENT =
      Claim.paper(
          "same-gradient",
          "Without the filter, so are its gradients.",
          Expected.number(1e-5, "relative error, not to be exceeded", "section 4, exact"),
          Rules.atMost(1e-5));

  /** The headline, at this scale. */
  public static final Claim MEMORY =
      Claim.paper(
          "loss-takes-little-memory",
          "The loss takes a small part of the memory of logits: a hundredth or less.",
          Expected.number(24_000, "times less", "abstract: 24 GB to 1 MB"),
          Rules.atLeast(100));

  /** Why. */
  public static final Claim FLAT =
      Claim.paper(
          "memory-does-not-grow",
          "The memory of the loss does not grow with the vocabulary.",
          Expected.number(1, "times, largest over smallest vocabulary", "abstract: negligible"),
          Rules.between(0.95, 1.05));

  /** With gradients, which have to be somewhere. */
  public static final Claim HEAD =
      Claim.paper(
          "head-takes-less-memory",
          "Loss and gradients together take a tenth or less.",
          Expected.number(24, "times less", "abstract: 28 GB to 1 GB"),
          Rules.atLeast(10));

  /** Plans are not measurements. */
  public static final Claim RESIDENT =
      Claim.ours(
          "plans-hold",
          "What the process saves is what the plans say, within a tenth.",
          Expected.number(1, "measured over planned saving", "none: a check of the plans"),
          Rules.between(0.9, 1.1));

  /** The ground of the filter. */
  public static final Claim SPARSE =
      Claim.paper(
          "training-makes-blocks-negligible",
          "As a model trains, the share of blocks in which softmax less target is below 2^-12"
              + " everywhere grows, by a twentieth of all or more, with classes ordered by mean"
              + " logit.",
          Expected.number(
              0.05, "rise of the share, to be exceeded", "on gradient filtering; no number"),
          Rules.atLeast(0.05));

  /** The order. */
  public static final Claim SORTING =
      Claim.paper(
          "sorting-makes-blocks-negligible",
          "Ordering classes by mean logit lets more blocks be skipped, by a tenth of all or more.",
          Expected.number(0.1, "of all blocks, to be exceeded", "on sorting; no number"),
          Rules.atLeast(0.1));

  /** What it may cost, where the paper uses it. */
  public static final Claim TUNING =
      Claim.paper(
          "filter-is-harmless-in-fine-tuning",
          "Fine-tuning with the filter ends at the same loss: within 1 %.",
          Expected.number(1, "ratio of losses of tokens held out", "figures of fine-tuning"),
          Rules.between(0.99, 1.01));

  /** And where the authors take it off again. */
  public static final Claim SCRATCH =
      Claim.paper(
          "filter-costs-from-scratch",
          "From scratch the filter costs: the loss ends higher. The authors take it off the head's"
              + " gradient for pre-training.",
          Expected.number(
              1, "ratio of losses of tokens held out, to be exceeded", "code, cce_kahan_full_c"),
          Rules.atLeast(1));

  /** Real models. */
  public static final Claim GEMMA =
      Claim.paper(
          "gemma-24-gb-to-1-mb",
          "The loss of Gemma 2 (2B) takes 1 MB instead of 24 GB.",
          Expected.number(24_000, "times less", "abstract"),
          Rules.outOfReach(
              "256,000 classes of a pre-trained model, on a GPU whose registers hold a block; at"
                  + " this scale loss-takes-little-memory asks the same of 32,768 classes"));

  /** Real softmax. */
  public static final Claim FRONTIER =
      Claim.paper(
          "few-entries-of-softmax-count",
          "In frontier models less than 0.02 % of the entries of softmax are 2^-12 or more.",
          Expected.number(0.02, "% of entries", "on gradient filtering"),
          Rules.outOfReach(
              "that needs a pre-trained model and its text; here the source is drawn, and with it"
                  + " how sparse softmax can become"));

  /** Speed. */
  public static final Claim SPEED =
      Claim.paper(
          "as-fast-as-compiled",
          "Loss and gradient take no longer than with logits in memory, thanks to the filter.",
          Expected.number(0.94, "of the time of torch.compile", "benchmark of the code, A100"),
          Rules.outOfReach("a kernel for GPUs; on two shared cores times decide nothing"));

  /** The card. */
  public static final Card CARD =
      new Card(
          "cut-cross-entropy",
          WIJMANS,
          List.of(),
          "training-dynamics",
          "The loss of a large vocabulary needs no logits in memory; most of its gradient is too"
              + " small to count and can be left out.",
          List.of(
              LOSS, GRADIENT, MEMORY, FLAT, HEAD, RESIDENT, SPARSE, SORTING, TUNING, SCRATCH, GEMMA,
              FRONTIER, SPEED));

  private CutLossCard() {}
}
