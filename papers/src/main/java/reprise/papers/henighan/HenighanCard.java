package reprise.papers.henighan;

import java.util.ArrayList;
import java.util.List;
import reprise.dsl.claim.Card;
import reprise.dsl.claim.Citation;
import reprise.dsl.claim.Claim;
import reprise.dsl.claim.Expected;
import reprise.dsl.claim.Rules;
import reprise.dsl.domain.DomainScalingResult;

/**
 * The card of Henighan et al. 2020. The table was at hand when the rules about it were written; the
 * rules about our own models were written when a grid of three sizes had been trained. The laptop
 * grid was then cut to half its compute and one seed before a result of it was seen, to fit its
 * minutes.
 */
public final class HenighanCard {
  /** The paper's common exponent. */
  public static final double COMMON_SLOPE = 0.7;

  private static final Citation HENIGHAN =
      new Citation(
          "Scaling Laws for Autoregressive Generative Modeling",
          List.of("Henighan", "Kaplan", "Katz", "Chen", "Hesse", "Jackson", "Jun", "Brown"),
          2020,
          "2010.14701");

  /** One exponent everywhere. */
  public static final Claim SLOPES =
      Claim.paper(
          "optimal-size-in-every-domain",
          "The compute-optimal size grows as C^0.7 in every domain.",
          Expected.number(0, "largest distance of a printed beta from 0.7", "table 1, figure 2"),
          Rules.between(0, 0.1));

  /** What follows for data. */
  public static final Claim DATA =
      Claim.paper(
          "data-grow-slowly",
          "Tokens should grow as N^0.4, slower than the model.",
          Expected.number(0.4, "mean (1 - beta) / beta", "section 1, figure 2"),
          Rules.within(0.15));

  /** Irreducible losses of pixels. */
  public static final Claim PIXEL_FLOORS =
      Claim.paper(
          "pixel-floors-agree",
          "For images by pixels the irreducible losses found from N and from C are the same.",
          Expected.number(0, "largest relative difference", "table 1, three resolutions"),
          Rules.between(0, 0.01));

  /** Irreducible losses everywhere. */
  public static final Claim FLOORS =
      Claim.paper(
          "floors-agree-in-every-domain",
          "The irreducible losses found from N and from C agree to a tenth in every domain.",
          Expected.number(0, "largest relative difference", "table 1, nine domains"),
          Rules.between(0, 0.1));

  /** Exponents among one another. */
  public static final Claim EXPONENTS =
      Claim.ours(
          "exponents-are-consistent",
          "In every domain alpha_C is alpha_N beta to a quarter, as it must be where the frontier"
              + " consists of models at their best size.",
          Expected.number(0, "largest distance of the ratio from 1", "follows from table 1"),
          Rules.between(0, 0.25));

  /** At the paper's size. */
  public static final Claim ENTROPY =
      Claim.paper(
          "irreducible-loss-is-entropy",
          "The irreducible loss estimates the entropy of the data, and the reducible loss its KL"
              + " divergence from the model, in images up to 32x32 and models up to a billion"
              + " parameters.",
          Rules.outOfReach(
              "the entropy of photographs is not known; on sources of known entropy the card of"
                  + " Hoffmann et al. 2022 tests it"));

  /** Downstream. */
  public static final Claim CLASSIFYING =
      Claim.paper(
          "generative-pretraining-classifies",
          "Fine-tuned on ImageNet, the classification loss goes on falling with size where the"
              + " generative loss is close to its floor.",
          Rules.outOfReach("it needs ImageNet and models of up to a billion parameters"));

  /** Text and pictures. */
  public static final Claim INFORMATION =
      Claim.paper(
          "mutual-information-of-captions",
          "The information that a caption has about its image, and the other way, grows with log N.",
          Rules.outOfReach("it needs captioned images and models of up to a billion parameters"));

  /** The slope of the best size, here. */
  public static Claim slope(String domain) {
    return Claim.ours(
        "retrain-slope-" + domain,
        "Small decoders on "
            + domain
            + ": the best size grows as C^beta with beta between 0.5 and"
            + " 0.9.",
        Expected.number(COMMON_SLOPE, "beta", "figure 2; the range is ours"),
        Rules.between(0.5, 0.9).provided(DomainScalingResult.THREE_VALLEYS));
  }

  /** The reducible loss, here. */
  public static Claim straight(String domain) {
    return Claim.ours(
        "retrain-power-law-" + domain,
        "Small decoders on "
            + domain
            + ": the reducible loss at the compute frontier is a straight line in the logarithms.",
        Expected.number(1, "squared correlation", "figure 1; the bound of 0.98 is ours"),
        Rules.between(0.98, 1));
  }

  /** The universal form, here. */
  public static final Claim ONE_FORM =
      Claim.ours(
          "retrain-constant-in-every-domain",
          "In text, pictures and arithmetic the power law with a constant predicts the losses of the"
              + " largest budget, held out, better than the form without.",
          Expected.number(3, "domains", "the paper's equation 1.1"),
          Rules.atLeast(3));

  /** The universal slope, here. */
  public static final Claim ONE_SLOPE =
      Claim.ours(
          "retrain-one-slope",
          "The slopes of text, pictures and arithmetic lie within 0.2 of one another.",
          Expected.number(0.11, "largest less smallest beta", "table 1"),
          Rules.between(0, 0.2).provided(DomainScalingResult.THREE_VALLEYS));

  /**
   * Both ways to the floor, here. At first the rule asked only that the joint law be determined; a
   * look at text showed that the frontier's five budgets need not determine its floor, which lay at
   * 0, so both laws have to be.
   */
  public static Claim floors(String domain) {
    return Claim.ours(
        "retrain-floors-" + domain,
        "Small decoders on "
            + domain
            + ": the irreducible losses found from N and D and from C are the same.",
        Expected.number(0, "nats between them", "table 1"),
        Rules.intervalContainsClaim().provided(DomainScalingResult.BOTH_IDENTIFIED));
  }

  /** A floor that is known. */
  public static final Claim NO_ENTROPY =
      Claim.ours(
          "retrain-answers-have-no-entropy",
          "An answer follows from its problem: the irreducible loss of arithmetic is below 0.1 nats a"
              + " digit.",
          Expected.number(0, "nats a scored digit", "known by construction"),
          Rules.between(0, 0.1).provided(DomainScalingResult.IDENTIFIED));

  /** The domains trained here, as runs name them. */
  public static final List<String> DOMAINS = List.of("text", "pictures", "arithmetic");

  /** The card. */
  public static final Card CARD =
      new Card(
          "scaling-autoregressive-generative",
          HENIGHAN,
          List.of(),
          "scaling-laws",
          "In every domain that can be written as a sequence the loss of a transformer falls as a"
              + " power law in size and compute towards a constant, and the best size grows with"
              + " nearly the same power of compute.",
          claims());

  private HenighanCard() {}

  private static List<Claim> claims() {
    List<Claim> claims = new ArrayList<>(List.of(SLOPES, DATA, PIXEL_FLOORS, FLOORS, EXPONENTS));
    for (String domain : DOMAINS) {
      claims.add(slope(domain));
      claims.add(straight(domain));
      claims.add(floors(domain));
    }
    claims.addAll(List.of(ONE_FORM, ONE_SLOPE, NO_ENTROPY, ENTROPY, CLASSIFYING, INFORMATION));
    return claims;
  }
}
