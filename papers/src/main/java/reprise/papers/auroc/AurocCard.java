package reprise.papers.auroc;

import java.util.List;
import reprise.dsl.claim.Card;
import reprise.dsl.claim.Citation;
import reprise.dsl.claim.Claim;
import reprise.dsl.claim.Expected;
import reprise.dsl.claim.Rules;

/** The card of McDermott et al. 2024. */
public final class AurocCard {
  private static final double ROUNDING = 1e-12;

  private static final Citation MCDERMOTT =
      new Citation(
          "A Closer Look at AUROC and AUPRC under Class Imbalance",
          List.of("McDermott", "Zhang", "Hansen", "Angelotti", "Gallifant"),
          2024,
          "2401.06091");

  /** Theorem 1, first half. */
  public static final Claim AUROC_IDENTITY =
      Claim.paper(
          "auroc-identity",
          "AUROC is 1 - E+[FPR(t)], the false-positive rate at the scores of positives on average.",
          Expected.number(0, "largest deviation", "theorem 1"),
          Rules.between(0, ROUNDING));

  /** Theorem 1, second half. */
  public static final Claim AP_IDENTITY =
      Claim.paper(
          "auprc-identity",
          "AUPRC is 1 - P(y = 0) E+[FPR(t) / P(f > t)]: false positives weigh by the inverse of the"
              + " firing rate.",
          Expected.number(0, "largest deviation, average precision", "theorem 1"),
          Rules.between(0, ROUNDING));

  /** AUROC counts all mistakes alike. */
  public static final Claim ALIKE =
      Claim.paper(
          "auroc-counts-mistakes-alike",
          "Mending any mistake of two neighbours adds the same to AUROC, 1 / (n+ n-).",
          Expected.number(
              1, "largest over smallest gain", "follows from theorem 1 by exchange of neighbours"),
          Rules.between(1 - 1e-6, 1 + 1e-6));

  /** AUPRC prefers those at the top. */
  public static final Claim TOP_FIRST =
      Claim.paper(
          "auprc-prefers-high-scores",
          "Mending a mistake adds the more to AUPRC the higher its scores.",
          Expected.number(
              -1,
              "rank correlation of place and gain",
              "follows from theorem 1 by exchange of neighbours"),
          Rules.between(-1, -0.99));

  /** And so serves the subgroup with more positives. */
  public static final Claim FAVOUR =
      Claim.paper(
          "auprc-favours-prevalent-subgroups",
          "Choosing what to mend by AUPRC widens the gap between a subgroup with many positives and"
              + " one with few, against choosing at random.",
          Expected.number(
              0,
              "difference of the gaps in AUROC, to be exceeded",
              "the paper's experiment on drawn scores"),
          Rules.atLeast(0));

  /** What the field does. */
  public static final Claim LITERATURE =
      Claim.paper(
          "claims-in-the-literature",
          "Many papers recommend AUPRC under class imbalance without a reason or with a wrong one.",
          Rules.outOfReach("it rests on a reading of 1.5 million papers by a language model"));

  /** The card. */
  public static final Card CARD =
      new Card(
          "auroc-auprc",
          MCDERMOTT,
          List.of(),
          "other",
          "AUROC counts all mistakes of a ranking alike; AUPRC counts those with high scores more,"
              + " and so favours subgroups with many positives. Imbalance of classes is no reason to"
              + " prefer it.",
          List.of(AUROC_IDENTITY, AP_IDENTITY, ALIKE, TOP_FIRST, FAVOUR, LITERATURE));

  private AurocCard() {}
}
