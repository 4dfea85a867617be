package reprise.papers.spectral;

import java.util.List;
import reprise.dsl.claim.Card;
import reprise.dsl.claim.Citation;
import reprise.dsl.claim.Claim;
import reprise.dsl.claim.Expected;
import reprise.dsl.claim.Rules;

/** The card of Liao et al. 2023. DSE is diffusion spectral entropy, DSMI mutual information. */
public final class SpectralCard {
  private static final Citation LIAO =
      new Citation(
          "Assessing Neural Network Representations During Training Using Noise-Resilient Diffusion"
              + " Spectral Entropy",
          List.of("Liao", "Liu", "Christensen", "Tong", "Huguet", "Wolf", "Nickel", "Adelstein"),
          2023,
          "2312.04823");

  /** What it measures. */
  public static final Claim DIMENSION =
      Claim.paper(
          "follows-the-dimension",
          "DSE (t = 2) rises with the intrinsic dimension of noisy points in every draw.",
          Expected.number(0, "bits, smallest rise, to be exceeded", "toy manifolds"),
          Rules.atLeast(0));

  /** Noise. */
  public static final Claim RESILIENT =
      Claim.paper(
          "resists-noise",
          "Noise of 0.1 in each of 64 directions changes it by a tenth at most.",
          Expected.number(0, "largest relative change", "toy manifolds"),
          Rules.between(0, 0.1));

  /** The classical entropy. */
  public static final Claim BINNED =
      Claim.paper(
          "binned-entropy-is-blind",
          "With the same noise, the entropy of points sorted into bins says nothing of the"
              + " dimension: it is the same for all of them within a tenth of a bit.",
          Expected.number(0, "range over dimensions in bits", "comparison with classic entropy"),
          Rules.between(0, 0.1));

  /** One step of diffusion. */
  public static final Claim ONE_STEP =
      Claim.ours(
          "one-step-resists-strong-noise",
          "At t = 1, the published program's default, noise of 0.3 leaves at least half of the"
              + " range over dimensions.",
          Expected.number(1, "range left", "default of the published program"),
          Rules.atLeast(0.5));

  /** Two steps. */
  public static final Claim TWO_STEPS =
      Claim.ours(
          "two-steps-resist-strong-noise",
          "At t = 2 the same noise leaves at least half of the range.",
          Expected.number(1, "range left", "role of the diffusion time t"),
          Rules.atLeast(0.5));

  /** Training. */
  public static final Claim RISES =
      Claim.paper(
          "entropy-rises-in-training",
          "The DSE of a layer rises while a classifier learns true labels.",
          Expected.number(0, "bits, to be exceeded", "training curves"),
          Rules.atLeast(0));

  /** Shuffled labels. */
  public static final Claim RISES_SHUFFLED =
      Claim.paper(
          "entropy-rises-with-shuffled-labels",
          "It rises with shuffled labels, too.",
          Expected.number(0, "bits, to be exceeded", "training on random labels"),
          Rules.atLeast(0));

  /** A choice that should not matter. */
  public static final Claim NORMALISED =
      Claim.ours(
          "entropy-rises-whatever-the-scale",
          "It also rises where each activation vector is brought to length 1 first.",
          Expected.number(0, "bits, to be exceeded", "the claim names no normalisation"),
          Rules.atLeast(0));

  /** Mutual information. */
  public static final Claim INFORMATION =
      Claim.paper(
          "information-needs-true-labels",
          "After training DSMI with true labels is more than five times that with shuffled ones.",
          Expected.number(5, "ratio, to be exceeded", "DSMI in training"),
          Rules.atLeast(5));

  /** Many models. */
  public static final Claim ACCURACY =
      Claim.paper(
          "predicts-accuracy",
          "Across 962 published vision models, DSE and DSMI go with ImageNet accuracy.",
          Rules.outOfReach("it takes 962 models and ImageNet"));

  /** The card. */
  public static final Card CARD =
      new Card(
          "diffusion-spectral-entropy",
          LIAO,
          List.of(),
          "information-theory/entropy",
          "The entropy of the eigenvalues of diffusion between points follows their intrinsic"
              + " dimension where binned entropy is lost in noise; with labels it says how much a"
              + " layer knows of them.",
          List.of(
              DIMENSION,
              RESILIENT,
              BINNED,
              ONE_STEP,
              TWO_STEPS,
              RISES,
              RISES_SHUFFLED,
              NORMALISED,
              INFORMATION,
              ACCURACY));

  private SpectralCard() {}
}
