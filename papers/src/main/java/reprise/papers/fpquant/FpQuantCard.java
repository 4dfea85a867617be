package reprise.papers.fpquant;

import static reprise.dsl.lowprecision.LowPrecisionResult.THREE_SEEDS;

import java.util.List;
import reprise.dsl.claim.Card;
import reprise.dsl.claim.Citation;
import reprise.dsl.claim.Claim;
import reprise.dsl.claim.Expected;
import reprise.dsl.claim.Rule;
import reprise.dsl.claim.Rules;

/**
 * The card of Sun et al. 2025. Its 359 losses are not public, so its law cannot be fitted again;
 * what follows from the published constants is computed again. Differences below .005 nats between
 * runs of ours are noise of the seed and count as none. All rules stood before the first run.
 */
public final class FpQuantCard {
  private static final String LOSSES = "the losses of its runs are not public";
  private static final String SIZES = "it needs models of 1.2 to 70 billion parameters";

  /** Layouts. */
  public static final Claim LAYOUTS =
      Claim.paper(
          "best-layouts",
          "With 4, 8 and 16 bits the loss is least with the layouts E2M1, E4M3 and E8M7.",
          Expected.number(3, "layouts", "section on optimal layouts, figure 5"),
          Rules.within(0));

  /** Exponents. */
  public static final Claim EXPONENT_BITS =
      Claim.paper(
          "exponent-bits-count-more",
          "Exponent bits count slightly more than mantissa bits: delta is above nu.",
          Expected.number(3.1926 / 2.9543, "delta over nu", "table 2"),
          Rules.atLeast(1));

  /** BF16. */
  public static final Claim CRITICAL_16 =
      critical("critical-data-e8m7", "E8M7", 1730, "1730 trillion");

  /** Eight bits. */
  public static final Claim CRITICAL_8 = critical("critical-data-e4m3", "E4M3", 27, "27 trillion");

  /** Four bits. */
  public static final Claim CRITICAL_4 =
      critical("critical-data-e2m1", "E2M1", 0.4, "0.4 trillion");

  /** Best price. */
  public static final Claim BEST_COST =
      Claim.paper(
          "four-to-eight-bits-for-the-cost",
          "For costs of 10^21 to 10^31 FLOP the training of least loss has 4 to 8 bits, rounded to"
              + " whole ones.",
          Expected.number(11, "costs of 11", "abstract"),
          Rules.within(0));

  /** Order of formats. */
  public static final Claim ORDER =
      ours(
          "loss-follows-the-law-over-formats",
          "Trained in E8M7, E4M3, E2M1, E1M2 and E1M1, losses rank as the law's precision term:"
              + " rank correlation at least 0.7.",
          Rules.atLeast(0.7));

  /** Eight bits are enough. */
  public static final Claim EIGHT_BITS =
      ours(
          "eight-bits-are-as-good",
          "Far below the critical data, E4M3 loses less than .005 nats against E8M7, or nothing.",
          Rules.between(-1, 0.005));

  /** Three bits are worse than four. */
  public static final Claim THREE_BITS =
      ours(
          "three-bits-are-worse-than-four",
          "E1M1 loses at least .005 nats against E2M1.",
          Rules.atLeast(0.005));

  /** Four bits are worse than eight. */
  public static final Claim FOUR_BITS =
      ours(
          "four-bits-are-worse-than-eight",
          "E2M1 loses at least .005 nats against E4M3.",
          Rules.atLeast(0.005));

  /** Equal bits. */
  public static final Claim SECOND_EXPONENT =
      ours(
          "second-exponent-bit-beats-second-mantissa-bit",
          "Of the formats of four bits E1M2 loses more than E2M1.",
          Rules.atLeast(0));

  /** Blocks. */
  public static final Claim BLOCK =
      ours(
          "loss-rises-with-the-block",
          "In E1M1 the loss rises with log2 of the block, from 32 to 512 elements.",
          Rules.atLeast(0));

  /** Data. */
  public static final Claim GROWS =
      ours(
          "gap-grows-with-data",
          "The gap between E1M1 and E8M7 is wider at the most tokens than at a quarter of them.",
          Rules.atLeast(0));

  /** The fit. */
  public static final Claim CONSTANTS =
      Claim.paper(
          "constants-of-the-fit",
          "The law with n 69.23, d 68973, eps 1.906, alpha .2368, beta .5162, gamma 11335, delta"
              + " 3.193, nu 2.954 describes 359 runs.",
          Expected.number(359, "runs", "table 2"),
          Rules.outOfReach(LOSSES));

  /** Extrapolation. */
  public static final Claim LARGER =
      Claim.paper(
          "predicts-larger-models",
          "The law fitted at 41 to 679 million parameters predicts models of 1.2, 7 and 70 billion.",
          Expected.number(12, "validation runs", "table 3"),
          Rules.outOfReach(SIZES));

  /** The card. */
  public static final Card CARD =
      new Card(
          "fp-quant-scaling-law",
          new Citation(
              "Scaling Laws for Floating-Point Quantization Training",
              List.of("Sun", "Li", "Xie", "Han", "et al."),
              2025,
              "2501.02423"),
          List.of(),
          "scaling-laws",
          "What training in few bits costs grows with data and block, falls with parameters and"
              + " bits; so there is a critical data size, and 4 to 8 bits are the best value.",
          List.of(
              LAYOUTS,
              EXPONENT_BITS,
              CRITICAL_16,
              CRITICAL_8,
              CRITICAL_4,
              BEST_COST,
              ORDER,
              EIGHT_BITS,
              FOUR_BITS,
              THREE_BITS,
              SECOND_EXPONENT,
              BLOCK,
              GROWS,
              CONSTANTS,
              LARGER));

  private FpQuantCard() {}

  private static Claim critical(String id, String format, double trillions, String words) {
    return Claim.paper(
        id,
        "A model of 10^9 parameters trained in "
            + format
            + " with blocks of 128 becomes worse after "
            + words
            + " tokens.",
        Expected.number(trillions, "10^12 tokens", "section on critical data size"),
        Rules.within(0.03));
  }

  private static Claim ours(String id, String sentence, Rule rule) {
    return Claim.ours(id, sentence, rule.provided(THREE_SEEDS));
  }
}
