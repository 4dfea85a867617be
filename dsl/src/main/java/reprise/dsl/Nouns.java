package reprise.dsl;

import java.nio.file.Path;
import java.util.List;
import reprise.dsl.attention.FloorStudy;
import reprise.dsl.attention.NeedsAttentionText;
import reprise.dsl.compression.Capacity;
import reprise.dsl.compression.NeedsCompressors;
import reprise.dsl.compression.PublishedCapacity;
import reprise.dsl.data.Columns;
import reprise.dsl.data.Corpus;
import reprise.dsl.data.DataSet;
import reprise.dsl.data.Novel;
import reprise.dsl.data.PointsSource;
import reprise.dsl.data.TextSource;
import reprise.dsl.densing.NeedsScores;
import reprise.dsl.density.Metric;
import reprise.dsl.domain.DomainTable;
import reprise.dsl.domain.NeedsDomainModels;
import reprise.dsl.fit.NeedsPoints;
import reprise.dsl.fit.NeedsSharedPoints;
import reprise.dsl.generation.Decoding;
import reprise.dsl.generation.LanguageModel;
import reprise.dsl.generation.NeedsReading;
import reprise.dsl.generation.NeedsRules;
import reprise.dsl.generation.NeedsText;
import reprise.dsl.head.NeedsUpdates;
import reprise.dsl.head.NeedsVocabularies;
import reprise.dsl.hyperfit.NeedsSamples;
import reprise.dsl.int8.NeedsOutliers;
import reprise.dsl.knowledge.BioD;
import reprise.dsl.knowledge.BioS;
import reprise.dsl.knowledge.CapacityProtocol;
import reprise.dsl.knowledge.Company;
import reprise.dsl.knowledge.NeedsFacts;
import reprise.dsl.knowledge.Precision;
import reprise.dsl.ladder.LadderResult;
import reprise.dsl.ladder.NeedsLadderText;
import reprise.dsl.ladder.NeedsPlaced;
import reprise.dsl.ladder.Recipe;
import reprise.dsl.law.Law;
import reprise.dsl.law.Laws;
import reprise.dsl.lowprecision.FloatFormat;
import reprise.dsl.lowprecision.NeedsRoundedModel;
import reprise.dsl.lowrank.NeedsRanks;
import reprise.dsl.lowrank.Subject;
import reprise.dsl.model.DecoderFamily;
import reprise.dsl.model.TransformerModel;
import reprise.dsl.nuclear.Matrices;
import reprise.dsl.nuclear.NeedsMatrices;
import reprise.dsl.ranking.NeedsSubgroups;
import reprise.dsl.reasoning.Head;
import reprise.dsl.reasoning.NeedsHeads;
import reprise.dsl.repro.Scale;
import reprise.dsl.sampling.BoundStudy;
import reprise.dsl.sampling.NeedsCuts;
import reprise.dsl.sampling.NeedsDecoders;
import reprise.dsl.scaling.NeedsModels;
import reprise.dsl.sensing.Factors;
import reprise.dsl.sparsity.Activation;
import reprise.dsl.sparsity.CettPpl;
import reprise.dsl.sparsity.NeedsGatedModels;
import reprise.dsl.spectral.NeedsNoise;
import reprise.dsl.spectral.TrainingStudy;
import reprise.dsl.streams.NeedsStreams;
import reprise.dsl.translation.Grammar;
import reprise.dsl.translation.NeedsDepths;
import reprise.dsl.unit.Heads;
import reprise.dsl.unit.Layers;
import reprise.dsl.unit.Order;
import reprise.dsl.unit.Symbols;
import reprise.dsl.unit.Tokens;
import reprise.dsl.unit.Width;
import reprise.dsl.unit.Widths;
import reprise.dsl.walsh.Sparse;
import reprise.dsl.walsh.SparseWalsh;
import reprise.dsl.zoo.CurveStart;
import reprise.dsl.zoo.LabelNoise;
import reprise.dsl.zoo.NeedsCells;
import reprise.dsl.zoo.NeedsNets;
import reprise.dsl.zoo.PerceptronFamily;
import reprise.dsl.zoo.PhaseRule;
import reprise.dsl.zoo.Similarity;
import reprise.dsl.zoo.Temperature;
import reprise.dsl.zoo.ZooData;

/** The words for experiments, models, corpora and laws; see {@link Quantities} on inheritance. */
public abstract class Nouns extends FitNouns {
  /** {@code L = E + A/N^alpha + B/D^beta} (Hoffmann et al. 2022, eq. 2). */
  public static final Law CHINCHILLA = Laws.CHINCHILLA;

  /** The joint law of N and D (Kaplan et al. 2020, eq. 1.5). */
  public static final Law KAPLAN = Laws.KAPLAN;

  /** {@code L = E + (A/(N (k ln P + 1)))^alpha} (Chen et al. 2025, eq. 5). */
  public static final Law PARSCALE = Laws.PARSCALE;

  /** {@code L = E + (A/(N P^k))^alpha}: what {@link #PARSCALE} is compared with. */
  public static final Law PARSCALE_POWER = Laws.PARSCALE_POWER;

  /** {@code L = a (B_e/N_e)^p_e (B_d/N_d)^p_d + L_inf} (Ghorbani et al. 2021, eq. 1). */
  public static final Law NMT = Laws.NMT;

  /** The score of the densing law. */
  public static final Metric MMLU = Metric.MMLU;

  /** Grade-school science, the hard part. */
  public static final Metric ARC_C = Metric.ARC_C;

  /** Endings of everyday scenes. */
  public static final Metric HELLASWAG = Metric.HELLASWAG;

  /** Grade-school word problems. */
  public static final Metric GSM8K = Metric.GSM8K;

  /** Jane Austen, 1813; ships with Reprise. */
  public static final Novel PRIDE_AND_PREJUDICE = Novel.PRIDE_AND_PREJUDICE;

  /** Seconds; what continuous integration runs. */
  public static final Scale SMOKE = Scale.SMOKE;

  /** Minutes on two cores. */
  public static final Scale LAPTOP = Scale.LAPTOP;

  /** Hours; the closest to the paper. */
  public static final Scale FULL = Scale.FULL;

  /** Training as in Allen-Zhu and Li 2024 (arXiv 2404.05405). */
  public static final CapacityProtocol PHYSICS_3_3 = CapacityProtocol.PHYSICS_3_3;

  /** Matrices as trained. */
  public static final Precision FLOAT32 = Precision.FLOAT32;

  /** Matrices of eight bits. */
  public static final Precision INT8 = Precision.INT8;

  /** Matrices of four bits, rounded to the nearest. */
  public static final Precision INT4 = Precision.INT4;

  /** Matrices of four bits, rounded with error feedback. */
  public static final Precision GPTQ_INT4 = Precision.GPTQ_INT4;

  /** Eight bits, with error feedback. */
  public static final Precision GPTQ_INT8 = Precision.GPTQ_INT8;

  /** The share of neurons that a model needs if its perplexity may grow by 1 %. */
  public static final CettPpl CETT_PPL_1 = CettPpl.ONE_PERCENT;

  /** max(x, 0). */
  public static final Activation RELU = Activation.RELU;

  /** x sigmoid(x). */
  public static final Activation SILU = Activation.SILU;

  /** bfloat16. */
  public static final FloatFormat E8M7 = FloatFormat.E8M7;

  /** Eight bits, four of them exponent. */
  public static final FloatFormat E4M3 = FloatFormat.E4M3;

  /** Four bits, two of them exponent. */
  public static final FloatFormat E2M1 = FloatFormat.E2M1;

  /** Four bits, one of them exponent. */
  public static final FloatFormat E1M2 = FloatFormat.E1M2;

  /** Three bits. */
  public static final FloatFormat E1M1 = FloatFormat.E1M1;

  /** Phases of perceptrons on small images, by training loss, barrier and similarity. */
  public static final PhaseRule PHASE_ZOOS = PhaseRule.SMALL_IMAGES;

  /** Phases of the grid of Yang et al. 2021, by curvature, barrier and similarity. */
  public static final PhaseRule YANG_2021 = PhaseRule.YANG;

  /** Similarity of logits on test examples. */
  public static final Similarity LOGITS = Similarity.LOGITS;

  /** Similarity of probabilities on mixed training examples. */
  public static final Similarity SOFTMAX_ON_MIXUP = Similarity.SOFTMAX_ON_MIXUP;

  /** Curves whose middle begins halfway between two models. */
  public static final CurveStart HALFWAY = CurveStart.HALFWAY;

  /** Curves whose middle begins at a fresh initialisation. */
  public static final CurveStart RANDOM_START = CurveStart.RANDOM;

  /** One factor: {@code X X'}. */
  public static final Factors SYMMETRIC = Factors.SYMMETRIC;

  /** Two factors: {@code F H'}. */
  public static final Factors ASYMMETRIC = Factors.ASYMMETRIC;

  /** Attention's output and value matrices. */
  public static final Head FACTORISED = Head.FACTORISED;

  /** Attention with one matrix instead of the two. */
  public static final Head MERGED = Head.MERGED;

  Nouns() {}

  /** Teaches models synthetic facts and counts the bits that they know. */
  public static NeedsFacts knowledgeCapacity(CapacityProtocol protocol) {
    return new NeedsFacts(protocol);
  }

  /** Facts in bare symbols: {@code bioD(500).attributes(12).chunks(1)}. */
  public static BioD bioD(int people) {
    return BioD.mini(people);
  }

  /** Biographies in words. */
  public static BioS bioS(int people) {
    return new BioS(people);
  }

  /** Texts about a crowd between those that count, so many for each. */
  public static Company junk(int perText) {
    return Company.junk(perText);
  }

  /** Texts about a few people again and again between those that count, so many for each. */
  public static Company repeated(int perText, int people) {
    return Company.repeated(perText, people);
  }

  /** Nobody's texts between those that count. */
  public static Company alone() {
    return Company.NONE;
  }

  /** GPT-2 with rotary positions. */
  public static TransformerModel gpt2(Layers layers, Width width, Heads heads) {
    return TransformerModel.gpt2(layers, width, heads);
  }

  /** LLaMA and Mistral: RMSNorm and a gated MLP. */
  public static TransformerModel llama(Layers layers, Width width, Heads heads) {
    return TransformerModel.llama(layers, width, heads);
  }

  /** Trains models and counts the neurons that they need, along training. */
  public static NeedsGatedModels sparsingLaw(CettPpl metric) {
    return new NeedsGatedModels(metric);
  }

  /** Trains decoders at growing learning rates and looks at the entropy of their attention. */
  public static NeedsAttentionText entropyCollapse(DecoderFamily models) {
    return new NeedsAttentionText(models);
  }

  /** The least entropy of attention over so many positions, by the norm of its logits. */
  public static FloorStudy entropyFloor(Integer... positions) {
    return FloorStudy.of(List.of(positions));
  }

  /** Trains models with products in simulated floating-point formats. */
  public static NeedsRoundedModel trainingIn(FloatFormat... formats) {
    return new NeedsRoundedModel(List.of(formats));
  }

  /** Trains small nets over load, temperature and seeds and finds the phase of every cell. */
  public static NeedsNets modelZoo(PhaseRule rule) {
    return new NeedsNets(rule);
  }

  /** The phases of published cells. */
  public static NeedsCells phases(PhaseRule rule) {
    return new NeedsCells(rule);
  }

  /** Perceptrons, one a width; two hidden layers unless set. */
  public static PerceptronFamily mlp(Widths widths) {
    return new PerceptronFamily(widths);
  }

  /** The 8x8 grey digits of scikit-learn. */
  public static ZooData.Digits digits() {
    return new ZooData.Digits(LabelNoise.NONE);
  }

  /** MNIST-1D, generated. */
  public static ZooData.Mnist1d mnist1d() {
    return new ZooData.Mnist1d(LabelNoise.NONE);
  }

  /** A share of training labels that are replaced at random, from 0 to 1. */
  public static LabelNoise labelNoise(double share) {
    return new LabelNoise(share);
  }

  /** Examples in a step as the temperature: few are hot. */
  public static Temperature batches(int... sizes) {
    return Temperature.Batches.of(sizes);
  }

  /** Step sizes as the temperature. */
  public static Temperature learningRates(Double... rates) {
    return new Temperature.LearningRates(List.of(rates));
  }

  /** Weight decays as the temperature. */
  public static Temperature weightDecays(Double... decays) {
    return new Temperature.WeightDecays(List.of(decays));
  }

  /** Trains models of several sizes and fits a law to their losses. */
  public static NeedsModels scalingLaw(Law law) {
    return new NeedsModels(law);
  }

  /** Sends windows through one model in parallel streams, against models with more parameters. */
  public static NeedsStreams parallelScaling(DecoderFamily family) {
    return new NeedsStreams(family);
  }

  /** Trains encoders and decoders of several depths to translate a grammar. */
  public static NeedsDepths translationScaling(Grammar grammar, Width width) {
    return new NeedsDepths(grammar, width);
  }

  /** A language whose translation is reversed, ambiguous and noisy, and its best loss known. */
  public static Grammar grammar(Symbols words) {
    return Grammar.of(words);
  }

  /** Fits a law to published points. */
  public static NeedsPoints fit(Law law) {
    return new NeedsPoints(law);
  }

  /** Compares forms of a law on the same points: which describes, and which predicts best. */
  public static NeedsSharedPoints compareForms(Law... laws) {
    return new NeedsSharedPoints(List.of(laws));
  }

  /**
   * Asks what AUROC and average precision reward, on drawn labels and scores.
   *
   * @param prevalence share of positives, between 0 and 1
   */
  public static NeedsSubgroups rankingStudy(double prevalence) {
    return new NeedsSubgroups(prevalence);
  }

  /** Entropies of points from cubes of these dimensions, rotated into 64. */
  public static NeedsNoise cubes(Integer... dimensions) {
    return new NeedsNoise(List.of(dimensions));
  }

  /** Entropies of a classifier's last hidden layer, before and after training. */
  public static TrainingStudy layerEntropy() {
    return TrainingStudy.of();
  }

  /** Compresses a matrix of trained models by SVD, plain and weighted by Fisher information. */
  public static NeedsRanks compression(Subject... subjects) {
    return new NeedsRanks(List.of(subjects));
  }

  /** Multiplies X [rows, width] and W [width, width] in eight bits. */
  public static NeedsOutliers int8Product(int rows, int width) {
    return new NeedsOutliers(rows, width);
  }

  /** Plans and computes the loss of a head over large vocabularies by several methods. */
  public static NeedsVocabularies headLoss(Tokens tokens, Width width) {
    return new NeedsVocabularies(tokens, width);
  }

  /** Trains a bigram model whose head leaves out blocks of its gradient that hardly count. */
  public static NeedsUpdates filteredHead(Symbols vocabulary, Width width, Tokens batch) {
    return new NeedsUpdates(vocabulary, width, batch);
  }

  /** Trains facts about subjects of some classes and asks what they imply. */
  public static NeedsHeads outOfContext(int subjects, int classes) {
    return new NeedsHeads(subjects, classes);
  }

  /** A transform of 2^bits coefficients, so many of which are not 0. */
  public static Sparse sparse(int bits, int coefficients) {
    return new Sparse(bits, coefficients);
  }

  /** Recovers Walsh-Hadamard transforms of few coefficients from few samples. */
  public static SparseWalsh sparseWalsh(Sparse... sizes) {
    return SparseWalsh.of(List.of(sizes));
  }

  /** How surprising the tokens are that rules draw from Zipf's law over that many tokens. */
  public static NeedsDecoders surpriseStudy(Symbols vocabulary) {
    return new NeedsDecoders(vocabulary);
  }

  /** How much entropy rules leave of distributions over that many tokens. */
  public static NeedsCuts keptStudy(Symbols vocabulary) {
    return new NeedsCuts(vocabulary);
  }

  /** What top-H keeps of small distributions, against the best subset; shares of the entropy. */
  public static BoundStudy boundStudy(Double... alphas) {
    return BoundStudy.of(List.of(alphas));
  }

  /**
   * Descends on factors of an unknown symmetric matrix.
   *
   * @param size rows and columns of the matrix
   * @param spectrum its eigenvalues above 0
   */
  public static reprise.dsl.sensing.NeedsRanks matrixSensing(int size, Double... spectrum) {
    return new reprise.dsl.sensing.NeedsRanks(size, List.of(spectrum));
  }

  /** Measures how spread out the rows of matrices are. */
  public static NeedsMatrices matrixNorms() {
    return new NeedsMatrices();
  }

  /** A square matrix of independent normal numbers. */
  public static Matrices gaussian(int size) {
    return new Matrices.Gaussian(size);
  }

  /** A matrix of known rank: the product of two normal ones. */
  public static Matrices product(int rows, int columns, int rank) {
    return new Matrices.Product(rows, columns, rank);
  }

  /** Hidden states of decoders on held-out tokens, at checkpoints of their training. */
  public static Matrices hiddenStates(DecoderFamily family, Corpus corpus, Tokens tokens) {
    return new Matrices.HiddenStates(family, corpus, tokens);
  }

  /** Trains the same models on several domains and asks whether one form of law holds in all. */
  public static NeedsDomainModels acrossDomains(Corpus... domains) {
    return new NeedsDomainModels(List.of(domains));
  }

  /** Asks of printed constants whether they agree with one another, domain by domain. */
  public static DomainTable domainTable(PointsSource.Printed table) {
    return new DomainTable(table);
  }

  /** Measures what models save of a text for their compute, the text under several tokenizers. */
  public static NeedsCompressors informationCapacity(Corpus... tokenizers) {
    return new NeedsCompressors(List.of(tokenizers));
  }

  /** Asks of published capacities whether series are level; the bias is that of mixed text. */
  public static PublishedCapacity publishedCapacity(DataSet rows, DataSet figure) {
    return new PublishedCapacity(rows, figure, Capacity.MIXED_TEXT_BIAS);
  }

  /** Measures the density of models by a benchmark and its growth over time. */
  public static NeedsScores densingLaw(Metric metric) {
    return new NeedsScores(metric);
  }

  /** Trains reference models, a width each, and measures the density of others on that ladder. */
  public static NeedsLadderText densityLadder(DecoderFamily family) {
    return new NeedsLadderText(family);
  }

  /** The density of models of one's own, by their scores or weights, on a ladder that was run. */
  public static NeedsPlaced density(LadderResult ladder) {
    return new NeedsPlaced(ladder);
  }

  /** Another way to train than a ladder's. */
  public static Recipe recipe(String name) {
    return Recipe.named(name);
  }

  /** Pre-norm decoders, one a width; two blocks and 64 tokens of context unless set. */
  public static DecoderFamily decoder(Widths widths) {
    return new DecoderFamily(widths);
  }

  /** A Markov source whose entropy rate is known exactly. */
  public static Corpus.Markov markov(Symbols symbols, Order order) {
    return new Corpus.Markov(symbols, order);
  }

  /** The characters of a novel that ships with Reprise. */
  public static Corpus characters(Novel novel) {
    return new Corpus.Characters(new TextSource.Shipped(novel));
  }

  /** The characters of a UTF-8 file. */
  public static Corpus characters(Path file) {
    return new Corpus.Characters(TextSource.File.of(file));
  }

  /** A novel that ships with Reprise in byte pairs learned from it; more than 256 symbols. */
  public static Corpus.Pairs bytePairs(Novel novel, Symbols vocabulary) {
    return new Corpus.Pairs(new TextSource.Shipped(novel), vocabulary);
  }

  /** Procedural grey pictures of 8x8 pixels and 16 levels, a window each. */
  public static Corpus.Pictures pictures() {
    return new Corpus.Pictures(1);
  }

  /** Arithmetic with numbers below 100 of which only the answers are scored. */
  public static Corpus.Arithmetic arithmetic() {
    return new Corpus.Arithmetic(1);
  }

  /** The words of a novel that ships with Reprise, with a vocabulary of that size. */
  public static Corpus.Words words(Novel novel, Symbols vocabulary) {
    return new Corpus.Words(new TextSource.Shipped(novel), vocabulary);
  }

  /** The words of a UTF-8 file, with a vocabulary of that size. */
  public static Corpus.Words words(Path file, Symbols vocabulary) {
    return new Corpus.Words(TextSource.File.of(file), vocabulary);
  }

  /** A language model of one width, trained here before anything is asked of it. */
  public static NeedsText pretrained(DecoderFamily family) {
    return new NeedsText(family);
  }

  /** A published GPT-2, Pythia or LLaMA model with its tokenizer, in a local folder. */
  public static NeedsReading checkpoint(Path folder) {
    return new NeedsReading(folder);
  }

  /** Fine-tunes a language model on a few windows until it knows them by heart. */
  public static NeedsSamples hyperfitting(LanguageModel model) {
    return new NeedsSamples(model);
  }

  /** Compares ways of decoding on one language model. */
  public static NeedsRules decoding(LanguageModel model) {
    return new NeedsRules(model);
  }

  /** The most probable token, again and again. */
  public static Decoding greedy() {
    return new Decoding.Greedy();
  }

  /** Draws from the whole distribution, sharpened below 1 and flattened above. */
  public static Decoding temperature(double temperature) {
    return new Decoding.Temperature(temperature);
  }

  /** Draws from the k most probable tokens. */
  public static Decoding topK(int k) {
    return new Decoding.TopK(k);
  }

  /** Draws from the fewest most probable tokens whose mass reaches p. */
  public static Decoding nucleus(double mass) {
    return new Decoding.Nucleus(mass);
  }

  /** Draws from the tokens with at least this share of the largest probability. */
  public static Decoding minP(double share) {
    return new Decoding.MinP(share);
  }

  /** Draws from the most probable tokens whose entropy stays within alpha of the whole. */
  public static Decoding topH(double alpha) {
    return new Decoding.TopH(alpha);
  }

  /** Draws with a surprise that each text steers towards a target in bits. */
  public static Decoding mirostat(double bits) {
    return new Decoding.Mirostat(bits);
  }

  /** A path, for snippets. */
  public static Path file(String path) {
    return Path.of(path);
  }

  /**
   * Columns of a table by the names of a law's quantities: {@code namedColumns("N=params",
   * "P=streams", "loss=loss")}.
   */
  public static Columns namedColumns(String... pairs) {
    return Columns.named(pairs);
  }

  /** Columns of a table with parameters, tokens and loss. */
  public static Columns columns(String params, String tokens, String loss) {
    return new Columns.WithTokens(params, tokens, loss);
  }
}
