package reprise.papers.reasoning;

import java.util.List;
import reprise.dsl.claim.Card;
import reprise.dsl.claim.Citation;
import reprise.dsl.claim.Claim;
import reprise.dsl.claim.Expected;
import reprise.dsl.claim.Rules;

/** The card of Huang et al. 2025. OCR is out-of-context reasoning. */
public final class ReasoningCard {
  private static final double KNOWS = 0.95;
  private static final double CHANCE = 0.25;

  private static final Citation HUANG =
      new Citation(
          "Generalization or Hallucination? Understanding Out-of-Context Reasoning in Transformers",
          List.of("Huang", "Zhu", "Guo", "Jiao", "Sojoudi", "Jordan", "Russell", "Mei"),
          2025,
          "2506.10887");

  /** The head as transformers have it. */
  public static final Claim FACTORISED =
      Claim.paper(
          "factorised-head-reasons",
          "A head with output and value matrices, trained on facts about all subjects and on"
              + " implications about one of each class, answers the implications about the others.",
          Expected.number(1, "least share answered", "one-layer attention, factorised"),
          Rules.atLeast(KNOWS));

  /** One matrix. */
  public static final Claim MERGED =
      Claim.paper(
          "merged-head-does-not",
          "The same head with the two matrices merged into one, which can express the same map,"
              + " does not, at chance or below.",
          Expected.number(0.2, "largest share answered, not above chance", "one-layer, merged"),
          Rules.between(0, CHANCE));

  /** More implications. */
  public static final Claim MERGED_HALF =
      Claim.ours(
          "merged-head-does-not-with-half",
          "Nor with the implications about half of all subjects.",
          Expected.number(0.2, "largest share answered, not above chance", "one-layer, merged"),
          Rules.between(0, CHANCE));

  /** Hallucination. */
  public static final Claim SPURIOUS =
      Claim.paper(
          "reasons-spuriously-alike",
          "What implies what may as well be drawn at random: the factorised head generalises just"
              + " so, which is hallucination.",
          Expected.number(1, "least share answered", "causal and spurious relations"),
          Rules.atLeast(KNOWS));

  /** The bias of factorised descent. */
  public static final Claim NUCLEAR =
      Claim.paper(
          "factorised-descent-seeks-a-small-nuclear-norm",
          "At equal margin the map of the factorised head has the smaller nuclear norm.",
          Expected.number(1, "ratio of nuclear norms, not to be reached", "implicit bias"),
          Rules.between(0, 1));

  /** The bias of merged descent. */
  public static final Claim FROBENIUS =
      Claim.paper(
          "merged-descent-seeks-a-small-frobenius-norm",
          "At equal margin the map of the merged head has the smaller Frobenius norm.",
          Expected.number(1, "ratio of Frobenius norms, to be exceeded", "implicit bias"),
          Rules.atLeast(1));

  /** Language models. */
  public static final Claim MODELS =
      Claim.paper(
          "language-models-alike",
          "Five language models of 7 to 9 billion parameters generalise causal and spurious"
              + " implications alike after fine-tuning.",
          Rules.outOfReach("it takes fine-tuning models of billions of parameters"));

  /** The card. */
  public static final Card CARD =
      new Card(
          "out-of-context-reasoning",
          HUANG,
          List.of(),
          "training-dynamics",
          "Gradient descent on a factorised head finds a map of small nuclear norm, which answers"
              + " implications that were never trained, true or not; on the merged head it does"
              + " not.",
          List.of(FACTORISED, MERGED, MERGED_HALF, SPURIOUS, NUCLEAR, FROBENIUS, MODELS));

  private ReasoningCard() {}
}
