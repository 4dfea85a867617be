package reprise.papers;

import java.util.List;
import reprise.dsl.claim.Card;
import reprise.dsl.data.DataSet;
import reprise.dsl.data.PointsSource;
import reprise.dsl.density.Dated;
import reprise.dsl.density.Ruler;
import reprise.papers.auroc.AurocCard;
import reprise.papers.chinchilla.ChinchillaCard;
import reprise.papers.cutloss.CutLossCard;
import reprise.papers.densing.DensingCard;
import reprise.papers.densing.DensingData;
import reprise.papers.fpquant.FpQuantCard;
import reprise.papers.fwsvd.FwsvdCard;
import reprise.papers.henighan.HenighanCard;
import reprise.papers.henighan.HenighanTable;
import reprise.papers.hyperfitting.HyperfittingCard;
import reprise.papers.infocapacity.CapacityCard;
import reprise.papers.infocapacity.CapacityData;
import reprise.papers.int8.Int8Card;
import reprise.papers.matrixnuclearnorm.MatrixNuclearNormCard;
import reprise.papers.mirostat.MirostatCard;
import reprise.papers.nmt.TranslationCard;
import reprise.papers.parscale.ParScaleCard;
import reprise.papers.parscale.ParScaleData;
import reprise.papers.phasezoos.PhaseZooCard;
import reprise.papers.phasezoos.PhaseZooData;
import reprise.papers.physics33.KnowledgeCard;
import reprise.papers.reasoning.ReasoningCard;
import reprise.papers.sensing.SensingCard;
import reprise.papers.sigmareparam.SigmaReparamCard;
import reprise.papers.sparsing.SparsingCard;
import reprise.papers.spectral.SpectralCard;
import reprise.papers.spright.SprightCard;
import reprise.papers.toph.TopHCard;

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

  /** Scaling Laws for Autoregressive Generative Modeling. */
  public static final Card HENIGHAN_2020 = HenighanCard.CARD;

  /** Constants of twelve domains. */
  public static final PointsSource.Printed HENIGHAN_TABLE_1 = HenighanTable.TABLE_1;

  /** How Over-Parameterization Slows Down Gradient Descent in Matrix Sensing. */
  public static final Card XIONG_2023 = SensingCard.CARD;

  /** Mirostat: A Neural Text Decoding Algorithm that Directly Controls Perplexity. */
  public static final Card BASU_2021 = MirostatCard.CARD;

  /** Top-H Decoding. */
  public static final Card POTRAGHLOO_2025 = TopHCard.CARD;

  /** LLM.int8(): 8-bit Matrix Multiplication for Transformers at Scale. */
  public static final Card DETTMERS_2022 = Int8Card.CARD;

  /** Cut Your Losses in Large-Vocabulary Language Models. */
  public static final Card WIJMANS_2024 = CutLossCard.CARD;

  /** SPRIGHT: sparse Walsh-Hadamard transforms. */
  public static final Card LI_2015 = SprightCard.CARD;

  /** Generalization or Hallucination? Out-of-Context Reasoning in Transformers. */
  public static final Card HUANG_2025 = ReasoningCard.CARD;

  /** Assessing Neural Network Representations by Diffusion Spectral Entropy. */
  public static final Card LIAO_2023 = SpectralCard.CARD;

  /** Language model compression with weighted low-rank factorization. */
  public static final Card HSU_2022 = FwsvdCard.CARD;

  /** Stabilizing Transformer Training by Preventing Attention Entropy Collapse. */
  public static final Card ZHAI_2023 = SigmaReparamCard.CARD;

  /** Large Language Model Evaluation via Matrix Nuclear-Norm. */
  public static final Card LI_2024 = MatrixNuclearNormCard.CARD;

  /** Parallel Scaling Law for Language Models. */
  public static final Card CHEN_2025 = ParScaleCard.CARD;

  /** Losses of models with parallel streams on code. */
  public static final DataSet PARSCALE_STACK = ParScaleData.STACK;

  /** The same on the Pile. */
  public static final DataSet PARSCALE_PILE = ParScaleData.PILE;

  /** Scaling Laws for Neural Machine Translation. */
  public static final Card GHORBANI_2021 = TranslationCard.CARD;

  /** Information Capacity. */
  public static final Card YUAN_2025 = CapacityCard.CARD;

  /** Published capacities with everything that enters the formula. */
  public static final DataSet CAPACITY_ROWS = CapacityData.ROWS;

  /** Published capacities by series, digitised. */
  public static final DataSet CAPACITY_FIGURE = CapacityData.FIGURE;

  private Papers() {}
}
