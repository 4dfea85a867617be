package reprise.papers.infocapacity;

import java.util.List;
import reprise.dsl.claim.Card;
import reprise.dsl.claim.Citation;
import reprise.dsl.claim.Claim;
import reprise.dsl.claim.Expected;
import reprise.dsl.claim.Rules;

/**
 * The card of Yuan et al. 2025. The published numbers were at hand when the rules about them were
 * written; the rules about our own models were written before any was trained.
 */
public final class CapacityCard {
  private static final Citation YUAN =
      new Citation(
          "Information Capacity: Evaluating the Efficiency of Large Language Models via Text"
              + " Compression",
          List.of("Yuan et al."),
          2025,
          "2511.08066");

  /** The formula. */
  public static final Claim FORMULA =
      Claim.paper(
          "formula-of-the-published-rows",
          "The published capacities are (T - NLL - 24) / log2 F.",
          Expected.number(0, "largest difference", "released table, seven rows"),
          Rules.between(0, 1e-12));

  /** The count of operations. */
  public static final Claim OPERATIONS =
      Claim.paper(
          "operations-of-a-token",
          "Operations of a token follow from the architecture by the paper's count.",
          Expected.number(0, "largest relative difference", "figure of mixed text, Llama 3"),
          Rules.between(0, 0.01));

  /** Level series. */
  public static final Claim LEVEL =
      Claim.paper(
          "level-within-a-series",
          "The capacity is nearly the same for all sizes of a series: it varies within a series at"
              + " most a quarter as much as between series.",
          Expected.number(
              0.11, "spread within over spread between", "figure of mixed text; the bound is ours"),
          Rules.between(0, 0.25));

  /** What the score owes to the tokenizer. */
  public static final Claim TOKENIZERS =
      Claim.paper(
          "tokenizers-explain-capacity",
          "The bits of text that a token covers nearly decide the capacity.",
          Expected.number(
              0.98, "correlation", "a critic's number, secondary source; the bound is ours"),
          Rules.atLeast(0.9));

  /** Ours: level series. */
  public static final Claim OWN_LEVEL =
      Claim.ours(
          "retrain-level-within-a-tokenizer",
          "With the bias of the first tokenizer, the capacity of small decoders varies over their"
              + " sizes at most a third as much as between two tokenizers.",
          Expected.number(0.11, "widest series over least gap", "figure of mixed text"),
          Rules.between(0, 1.0 / 3));

  /** Ours: the shift. */
  public static final Claim OWN_SHIFT =
      Claim.ours(
          "retrain-tokenizer-shifts",
          "The same decoders have a larger capacity with 512 byte pairs than with characters, every"
              + " one of them.",
          Expected.number(0, "difference, to be exceeded", "the paper's section on tokenizers"),
          Rules.atLeast(0));

  /** Ours: the correlation. */
  public static final Claim OWN_CORRELATION =
      Claim.ours(
          "retrain-tokenizers-explain-capacity",
          "Over our decoders the bits of text that a token covers nearly decide the capacity.",
          Expected.number(0.98, "correlation", "the critic's number; the bound is ours"),
          Rules.atLeast(0.9));

  /** Predictions. */
  public static final Claim PREDICTION =
      Claim.paper(
          "capacity-predicts-within-a-series",
          "From one model of a series the loss of another size is predicted.",
          Rules.outOfReach("losses are public for seven models, of one size a series but for one"));

  /** Experts. */
  public static final Claim EXPERTS =
      Claim.paper(
          "experts-have-more-capacity",
          "A mixture of experts has a larger capacity than a dense model of its series.",
          Rules.outOfReach("the public points hold one series with both, and no repetition"));

  /** Languages. */
  public static final Claim LANGUAGES =
      Claim.paper(
          "capacity-shows-bias-of-language",
          "The order of models changes with the language of the text, through tokenizer and data.",
          Rules.outOfReach("the capacities on the other texts could not be obtained"));

  /** The card. */
  public static final Card CARD =
      new Card(
          "information-capacity",
          YUAN,
          List.of(),
          "information-theory/entropy",
          "What a model saves of a text, in bits a token, over the logarithm of its compute is nearly"
              + " the same for all sizes of a series, and differs between series, mostly by their"
              + " tokenizers.",
          List.of(
              FORMULA,
              OPERATIONS,
              LEVEL,
              TOKENIZERS,
              OWN_LEVEL,
              OWN_SHIFT,
              OWN_CORRELATION,
              PREDICTION,
              EXPERTS,
              LANGUAGES));

  private CapacityCard() {}
}
