package reprise.papers.mirostat;

import java.util.List;
import reprise.dsl.claim.Card;
import reprise.dsl.claim.Citation;
import reprise.dsl.claim.Claim;
import reprise.dsl.claim.Expected;
import reprise.dsl.claim.Rules;

/** The card of Basu et al. 2021. Surprise is {@code -log2 p(x)} in bits a token. */
public final class MirostatCard {
  private static final double CLOSE = 0.05;

  private static final Citation BASU =
      new Citation(
          "Mirostat: A Neural Text Decoding Algorithm that Directly Controls Perplexity",
          List.of("Basu", "Ramachandran", "Keskar", "Varshney"),
          2021,
          "2007.14966");

  private static Expected deviation(String where) {
    return Expected.number(0, "bits between mean surprise and target", where);
  }

  /** The paper's algorithm. */
  public static final Claim CONTROL =
      Claim.paper(
          "controls-surprise",
          "Mirostat keeps the mean surprise of a text at its target: within 0.05 bits for targets"
              + " of 3 to 6 bits.",
          deviation("algorithm 1"),
          Rules.between(0, CLOSE));

  /** The form that most programs ship, this one included. */
  public static final Claim DIRECT =
      Claim.ours(
          "direct-form-controls-surprise",
          "So does the second form, which cuts at the bound itself and estimates nothing.",
          deviation("the authors' program"),
          Rules.between(0, CLOSE));

  /** Both alike. */
  public static final Claim ALIKE =
      Claim.ours(
          "both-forms-alike",
          "The two forms of Mirostat differ by less than 0.02 bits in the mean.",
          Expected.number(0, "largest difference in bits", "the authors' program"),
          Rules.between(0, 0.02));

  /** Where no rule can go. */
  public static final Claim LOW =
      Claim.ours(
          "reaches-low-targets",
          "A target of 2 bits is reached as well, where the flattest distributions' most probable"
              + " token has more.",
          deviation("algorithm 1 names no lower end"),
          Rules.between(0, CLOSE));

  /** Theory of top-p. */
  public static final Claim NUCLEUS =
      Claim.paper(
          "nucleus-is-nearly-linear",
          "Surprise grows nearly linearly in the mass p of nucleus sampling.",
          Expected.number(1, "R^2 of a straight line", "theory of top-p sampling"),
          Rules.atLeast(0.95));

  /** Theory of top-k. */
  public static final Claim TOP_K =
      Claim.paper(
          "top-k-is-not-linear",
          "Surprise does not grow linearly in the count k of top-k sampling: steeply first, then"
              + " hardly.",
          Expected.number(0.85, "R^2 of a straight line, not to be reached", "theory of top-k"),
          Rules.between(0, 0.85));

  /** Its logarithm. */
  public static final Claim TOP_K_LOG =
      Claim.ours(
          "top-k-is-linear-in-its-logarithm",
          "Surprise grows linearly in ln k over two decades of k.",
          Expected.number(1, "R^2 of a straight line", "theory of top-k sampling"),
          Rules.atLeast(0.97));

  /** Repetition. */
  public static final Claim REPETITION =
      Claim.paper(
          "repetition-falls-with-surprise",
          "The higher the target, the less a language model repeats itself.",
          Expected.number(
              -1, "rank correlation of target and repeated bigrams", "repetition and surprise"),
          Rules.between(-1, -0.9));

  /** People. */
  public static final Claim PEOPLE =
      Claim.paper(
          "people-prefer-controlled-texts",
          "People find texts of about 3 bits a token fluent, coherent and good.",
          Rules.outOfReach("it rests on judgements of people about texts of a large model"));

  /** The card. */
  public static final Card CARD =
      new Card(
          "mirostat",
          BASU,
          List.of(),
          "decoding/generation",
          "Feedback on the surprise of what was drawn keeps it at a target, whatever the"
              + " distributions; top-k and nucleus sampling only set it indirectly.",
          List.of(CONTROL, DIRECT, ALIKE, LOW, NUCLEUS, TOP_K, TOP_K_LOG, REPETITION, PEOPLE));

  private MirostatCard() {}
}
