package reprise.papers.int8;

import java.util.List;
import reprise.dsl.claim.Card;
import reprise.dsl.claim.Citation;
import reprise.dsl.claim.Claim;
import reprise.dsl.claim.Expected;
import reprise.dsl.claim.Rules;

/** The card of Dettmers et al. 2022. Errors are relative to what columns without outliers give. */
public final class Int8Card {
  private static final Citation DETTMERS =
      new Citation(
          "LLM.int8(): 8-bit Matrix Multiplication for Transformers at Scale",
          List.of("Dettmers", "Lewis", "Belkada", "Zettlemoyer"),
          2022,
          "2208.07339");

  /** The method. */
  public static final Claim UNHARMED =
      Claim.paper(
          "decomposition-is-unharmed",
          "With outlier columns in 16 bits, outliers cost nothing: the error stays within 5 % of"
              + " that without outliers, whatever their magnitude.",
          Expected.number(1, "largest ratio of errors", "no degradation, table 1"),
          Rules.between(0.95, 1.05));

  /** Why it is needed. */
  public static final Claim VECTOR_WISE =
      Claim.paper(
          "vector-wise-alone-suffers",
          "Without the decomposition a few outlier columns of magnitude 20 multiply the error of"
              + " vector-wise quantisation by 3 or more.",
          Expected.number(3, "ratio of errors, to be exceeded", "section 4"),
          Rules.atLeast(3));

  /** The simplest scheme. */
  public static final Claim ABSMAX =
      Claim.paper(
          "absmax-suffers",
          "The same holds with one scale for the whole matrix.",
          Expected.number(3, "ratio of errors, to be exceeded", "section 4"),
          Rules.atLeast(3));

  /** One scale a row. */
  public static final Claim ROW_WISE =
      Claim.paper(
          "row-wise-suffers",
          "The same holds with one scale a row.",
          Expected.number(3, "ratio of errors, to be exceeded", "section 4"),
          Rules.atLeast(3));

  /** Without outliers. After a look: it had asked for a factor of 2, which the paper never says. */
  public static final Claim FINER =
      Claim.paper(
          "finer-scales-help",
          "Without outliers, one scale a row and column has a smaller error than one scale a"
              + " matrix.",
          Expected.number(1, "ratio of errors, absmax over vector-wise", "section 3.1"),
          Rules.atLeast(1));

  /** The headline. */
  public static final Claim MODELS =
      Claim.paper(
          "no-degradation-to-175b",
          "Models of up to 175 billion parameters lose nothing, with more than 99.9 % of all values"
              + " multiplied in eight bits.",
          Expected.number(99.9, "%", "abstract"),
          Rules.outOfReach(
              "outliers of this kind emerge in models of 6.7 billion parameters and more; here"
                  + " their number is drawn: 7 columns of 768, so 99.1 % in eight bits"));

  /** The card. */
  public static final Card CARD =
      new Card(
          "llm-int8",
          DETTMERS,
          List.of(),
          "quantization",
          "A few outlier columns ruin eight-bit products because they set the scale; multiplying"
              + " them apart in 16 bits mends it.",
          List.of(UNHARMED, VECTOR_WISE, ABSMAX, ROW_WISE, FINER, MODELS));

  private Int8Card() {}
}
