package reprise.dsl.ranking;

import reprise.dsl.result.Measure;

/** What is measured on a ranking. */
public final class RankingMeasures {
  /** Area under the ROC curve, by its definition over pairs. */
  public static final Measure AUROC = new Measure("AUROC", "");

  /** Average precision, by its definition over positives. */
  public static final Measure AP = new Measure("average precision", "");

  /** {@code |AUROC - (1 - E+[FPR])|}. */
  public static final Measure AUROC_GAP = new Measure("gap of the AUROC identity", "");

  /** {@code |AP - (1 - P(y=0) E+[FPR / P(f >= t)])|}. */
  public static final Measure AP_GAP = new Measure("gap of the AP identity", "");

  /** Largest over smallest gain in AUROC of mending one mistake. */
  public static final Measure AUROC_GAINS =
      new Measure("largest over smallest gain in AUROC of a mended mistake", "");

  /** Largest over smallest gain in AP of mending one mistake. */
  public static final Measure AP_GAINS =
      new Measure("largest over smallest gain in AP of a mended mistake", "");

  /** Spearman correlation between the rank of a mistake and the gain in AP of mending it. */
  public static final Measure RANK_CORRELATION =
      new Measure("rank correlation of a mistake's place and its gain in AP", "");

  /** Gain in AUROC of the subgroup with more positives. */
  public static final Measure HIGH_GAIN = new Measure("gain in AUROC, high prevalence", "");

  /** Gain in AUROC of the subgroup with fewer positives. */
  public static final Measure LOW_GAIN = new Measure("gain in AUROC, low prevalence", "");

  /** Mistakes chosen by their gain in AP. */
  public static final String BY_AP = "mended by AP";

  /** Mistakes chosen at random. */
  public static final String AT_RANDOM = "mended at random";

  private RankingMeasures() {}
}
