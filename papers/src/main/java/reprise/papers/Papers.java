package reprise.papers;

import java.util.List;
import reprise.dsl.claim.Card;
import reprise.dsl.data.DataSet;
import reprise.dsl.density.Dated;
import reprise.dsl.density.Ruler;
import reprise.papers.auroc.AurocCard;
import reprise.papers.chinchilla.ChinchillaCard;
import reprise.papers.densing.DensingCard;
import reprise.papers.densing.DensingData;
import reprise.papers.fpquant.FpQuantCard;
import reprise.papers.hyperfitting.HyperfittingCard;
import reprise.papers.phasezoos.PhaseZooCard;
import reprise.papers.phasezoos.PhaseZooData;
import reprise.papers.physics33.KnowledgeCard;
import reprise.papers.sparsing.SparsingCard;

/** The cards by name, for snippets: {@code check(HOFFMANN_2022)}. */
public final class Papers {
  /** Training Compute-Optimal Large Language Models, with its 2024 replication. */
  public static final Card HOFFMANN_2022 = ChinchillaCard.CARD;

  /** Densing Law of LLMs. */
  public static final Card XIAO_2024 = DensingCard.CARD;

  /** Public scores of base models. */
  public static final DataSet OBSSCALING = DensingData.SCORES;

  /** When the models of {@link #OBSSCALING} were announced. */
  public static final List<Dated> RELEASES = DensingData.RELEASES;

  /** Reference models of density. */
  public static final Ruler LLAMA_1 = DensingData.LLAMA_1;

  /** Reference models of density. */
  public static final Ruler LLAMA_2 = DensingData.LLAMA_2;

  /** A Model Zoo on Phase Transitions in Neural Networks, with the taxonomy it rests on. */
  public static final Card SCHUERHOLT_2025 = PhaseZooCard.CARD;

  /** Width x batch cells of ResNet-18 on CIFAR-10. */
  public static final DataSet YANG_CELLS = PhaseZooData.YANG_CELLS;

  /** The Hyperfitting Phenomenon. */
  public static final Card CARLSSON_2024 = HyperfittingCard.CARD;

  /** Physics of Language Models: Part 3.3, Knowledge Capacity Scaling Laws. */
  public static final Card ALLEN_ZHU_2024 = KnowledgeCard.CARD;

  /** A Closer Look at AUROC and AUPRC under Class Imbalance. */
  public static final Card MCDERMOTT_2024 = AurocCard.CARD;

  /** Sparsing Law. */
  public static final Card LUO_2024 = SparsingCard.CARD;

  /** Scaling Laws for Floating-Point Quantization Training. */
  public static final Card SUN_2025 = FpQuantCard.CARD;

  private Papers() {}
}
