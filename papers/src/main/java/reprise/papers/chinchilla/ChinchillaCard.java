package reprise.papers.chinchilla;

import java.util.List;
import reprise.dsl.claim.Card;
import reprise.dsl.claim.Citation;
import reprise.dsl.claim.Claim;
import reprise.dsl.claim.Expected;
import reprise.dsl.claim.Interval;
import reprise.dsl.claim.Rules;
import reprise.dsl.scaling.ScalingClaims;

/** The card of Hoffmann et al. 2022 with the claims of its replication. */
public final class ChinchillaCard {
  static final Citation HOFFMANN =
      new Citation(
          "Training Compute-Optimal Large Language Models",
          List.of("Hoffmann", "Borgeaud", "Mensch", "et al."),
          2022,
          "2203.15556");

  static final Citation BESIROGLU =
      new Citation(
          "Chinchilla Scaling: A replication attempt",
          List.of("Besiroglu", "Erdil", "Barnett", "You"),
          2024,
          "2404.10102");

  /** Table 2, intervals: 10th and 90th percentile over 100 resamples of 80 % of the data. */
  private static Interval table2(double low, double high) {
    return new Interval(low, high, 0.8, "10th to 90th percentile of 100 resamples of 80 %");
  }

  /** Size and data grow in equal proportion: a = .50 (approach 1). */
  public static final Claim EQUAL_SCALING =
      Claim.paper(
          "equal-scaling",
          "Compute-optimal model size grows as C^0.50, in equal proportion to the training data"
              + " (approach 1).",
          Expected.number(0.50, table2(0.488, 0.502), "exponent a", "Hoffmann et al., table 2"),
          Rules.intervalContainsClaim());

  /** The parametric approach: a = .46. */
  public static final Claim PARAMETRIC_EXPONENT =
      Claim.paper(
          "parametric-exponent",
          "The parametric fit (approach 3) gives a compute-optimal exponent a of 0.46.",
          Expected.number(0.46, table2(0.454, 0.455), "exponent a", "Hoffmann et al., table 2"),
          Rules.intervalContainsClaim());

  /** Their constants fit their own points. */
  public static final Claim PUBLISHED_CONSTANTS =
      Claim.paper(
          "published-constants",
          "E = 1.69, A = 406.4, B = 410.7, alpha = 0.34, beta = 0.28 is the best parametric fit to"
              + " the runs of figure 4.",
          Expected.number(
              11.07,
              "largest chi-square with 5 degrees of freedom that is not rejected at 5 %",
              "Hoffmann et al., equation 10; tested as Besiroglu et al. do"),
          Rules.between(0, 11.07));

  /** Twenty tokens a parameter at Gopher's budget. */
  public static final Claim TWENTY_TOKENS =
      Claim.paper(
          "twenty-tokens-per-parameter",
          "At Gopher's budget of 5.76e23 FLOP about 20 training tokens per parameter are optimal.",
          Expected.number(
              20,
              "tokens per parameter",
              "Besiroglu et al., section 4; table 3 of Hoffmann et al."),
          Rules.intervalContainsClaim());

  /** 40 B parameters at Gopher's budget. */
  public static final Claim GOPHER_SIZE =
      Claim.paper(
          "gopher-optimal-size",
          "At Gopher's budget of 5.76e23 FLOP the parametric fit (approach 3) makes 40 B parameters"
              + " optimal.",
          Expected.number(40e9, "parameters", "Hoffmann et al., section 3.4 and figure 4"),
          Rules.intervalContainsClaim());

  /** A of the replication. */
  public static final Claim REPLICATION_A = replication("a", "A", 482.01, 124.52, 285.2, 743.6);

  /** B of the replication. */
  public static final Claim REPLICATION_B = replication("b", "B", 2085.43, 1293.28, 1042, 5810);

  /** E of the replication. */
  public static final Claim REPLICATION_E = replication("e", "E", 1.8172, 0.0257, 1.769, 1.871);

  /** Alpha of the replication. */
  public static final Claim REPLICATION_ALPHA =
      replication("alpha", "alpha", 0.3478, 0.0154, 0.317, 0.373);

  /** Beta of the replication. */
  public static final Claim REPLICATION_BETA =
      replication("beta", "beta", 0.3658, 0.0206, 0.331, 0.415);

  private static Claim replication(
      String id, String constant, double value, double error, double low, double high) {
    return Claim.paper(
        "replication-" + id,
        "The best fit to the 240 points has "
            + constant
            + " = "
            + value
            + " (standard error "
            + error
            + ").",
        Expected.number(
            value,
            new Interval(low, high, 0.95, "bootstrap, 4000 resamples"),
            constant,
            "Besiroglu et al. 2024, table 1 and their notebook"),
        Rules.within(0.01));
  }

  /** The standard errors of the replication. */
  public static final Claim REPLICATION_ERRORS =
      Claim.paper(
          "replication-standard-errors",
          "The bootstrap standard errors of A, B, E, alpha, beta are 124.5, 1293, 0.0257, 0.0154,"
              + " 0.0206.",
          Expected.number(
              0,
              "largest relative deviation of the five",
              "Besiroglu et al. 2024, table 1, to be met within 5 %"),
          Rules.between(0, 0.05));

  /** On real text every budget has its best size inside the sizes tried. */
  public static final Claim VALLEYS =
      Claim.ours(
          "retrain-valleys",
          "Small decoders on the characters of a novel: at each of three compute budgets the loss"
              + " has its minimum at a size between the smallest and the largest.",
          Expected.number(3, "budgets with an interior minimum", "every budget of the design"),
          Rules.atLeast(3));

  /** Neither size nor data alone. */
  public static final Claim RETRAIN_EXPONENT =
      Claim.ours(
          "retrain-exponent",
          "Small decoders on a novel: the exponent a of N_opt ~ C^a from the valleys lies between"
              + " 0.35 and 0.65, so that size and data both grow.",
          Rules.between(0.35, 0.65).provided(ScalingClaims.THREE_VALLEYS));

  /** Two approaches, one answer. */
  public static final Claim APPROACHES_AGREE =
      Claim.ours(
          "retrain-approaches-agree",
          "Small decoders on a novel: valleys (approach 2) and parametric fit (approach 3) of the"
              + " same runs give exponents within 0.1 of each other.",
          Rules.between(-0.1, 0.1).provided(ScalingClaims.THREE_VALLEYS, ScalingClaims.IDENTIFIED));

  /** What cannot be tested here. */
  public static final Claim BEATS_GOPHER =
      Claim.paper(
          "chinchilla-beats-gopher",
          "Chinchilla (70 B parameters, 1.4 T tokens) reaches 67.6 % on MMLU, over 7 points more"
              + " than Gopher (280 B parameters) at the same compute.",
          Expected.number(67.6, "% on MMLU", "Hoffmann et al., table 6"),
          Rules.outOfReach(
              "it needs 5.76e23 FLOP and the MassiveText corpus; no smaller run speaks about 70 B"
                  + " models"));

  /** The card. */
  public static final Card CARD =
      new Card(
          "chinchilla",
          HOFFMANN,
          List.of(BESIROGLU),
          "scaling-laws",
          "For a given compute, model size and training tokens should grow in equal proportion; the"
              + " loss follows L = E + A/N^alpha + B/D^beta.",
          List.of(
              EQUAL_SCALING,
              PARAMETRIC_EXPONENT,
              PUBLISHED_CONSTANTS,
              TWENTY_TOKENS,
              GOPHER_SIZE,
              REPLICATION_A,
              REPLICATION_B,
              REPLICATION_E,
              REPLICATION_ALPHA,
              REPLICATION_BETA,
              REPLICATION_ERRORS,
              VALLEYS,
              RETRAIN_EXPONENT,
              APPROACHES_AGREE,
              SourceClaims.COSINE,
              SourceClaims.FIRST_RANDOM,
              SourceClaims.SECOND_RANDOM,
              BEATS_GOPHER));

  private ChinchillaCard() {}
}
