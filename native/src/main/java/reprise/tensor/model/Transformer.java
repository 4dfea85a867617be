package reprise.tensor.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import reprise.tensor.ir.FunctionBuilder;
import reprise.tensor.ir.Grid;
import reprise.tensor.ir.Program;
import reprise.tensor.ir.ProgramBuilder;
import reprise.tensor.ir.RandomOp;
import reprise.tensor.ir.State;
import reprise.tensor.ir.TensorType;
import reprise.tensor.ir.Value;
import reprise.tensor.model.Decoder.Parameter;
import reprise.tensor.model.Decoder.Role;

/**
 * A decoder-only transformer as one program. Functions:
 *
 * <ul>
 *   <li>{@code initialise}: parameters from Philox; moments and step at zero. Run once.
 *   <li>{@code train_step}: outputs {@code loss} (nats, before the update, without what balances
 *       experts), {@code learning_rate}, {@code gradient_norm}.
 *   <li>{@code evaluate}: output {@code loss} over the windows of step i of the call; run {@link
 *       Corpus#evalSteps} steps and take the mean.
 *   <li>{@code losses}: output {@code losses} [evalBatch, T], nats for each token of the windows of
 *       step i of the call, for the last step that ran.
 *   <li>{@code evaluate_source} (with a source table): output {@code kl}, the mean of KL(source ||
 *       model) over the same windows; the loss is the source's entropy rate plus it.
 *   <li>{@code logits}: output {@code logits} [1, T, V] for the tokens in state {@code prompt}.
 * </ul>
 */
public final class Transformer {
  private static final int SAMPLING_STREAM = 1;
  private static final int FIRST_INIT_STREAM = 1000;

  private final TransformerConfig config;
  private final Training training;
  private final Corpus corpus;
  private final List<Parameter> parameters;
  private final Function<FunctionBuilder, Network> network;
  private final Function<FunctionBuilder, Network> trained;
  private final SpectralWeights weights;

  private Transformer(
      TransformerConfig config,
      Training training,
      Corpus corpus,
      List<Parameter> parameters,
      Function<FunctionBuilder, Network> network,
      Function<FunctionBuilder, Network> trained,
      SpectralWeights weights) {
    this.config = config;
    this.training = training;
    this.corpus = corpus;
    this.parameters = parameters;
    this.network = network;
    this.trained = trained;
    this.weights = weights;
  }

  /** The trained tensors, in order. Matrices are stored [in, out]. */
  public static List<Parameter> parameters(TransformerConfig config) {
    return Network.parameters(config);
  }

  /** Logits [B, T, V] of tokens i32 [B, T], T the context, in a function over the parameters. */
  public static Value logits(TransformerConfig config, FunctionBuilder f, Value tokens) {
    return new WholeNetwork(config, f).logits(tokens);
  }

  /** Final hidden states [B, T, d] of tokens i32 [B, T], in a function over the parameters. */
  public static Value hidden(TransformerConfig config, FunctionBuilder f, Value tokens) {
    return new WholeNetwork(config, f).hidden(tokens);
  }

  /** The whole program. */
  public static Program program(TransformerConfig config, Training training, Corpus corpus) {
    return program(
        "decoder", config, training, corpus, parameters(config), f -> new WholeNetwork(config, f));
  }

  /**
   * The whole program in simulated low precision: both operands of every product with a matrix of a
   * block, and the gradients that come back to it, are rounded to the nearest, straight-through.
   *
   * @param blocks which values share a scale, in a tensor laid out as one axis
   */
  public static Program program(
      TransformerConfig config, Training training, Corpus corpus, Grid grid, Grid.Blocks blocks) {
    return program(
        "decoder",
        config,
        training,
        corpus,
        parameters(config),
        f -> new RoundedNetwork(config, f, grid, blocks));
  }

  /**
   * The whole program with every linear map's matrix reparametrised, the head's too where it is not
   * the embedding. {@code train_step} takes one step of power iteration.
   *
   * @throws IllegalArgumentException for a mixture of experts
   */
  public static Program program(
      TransformerConfig config, Training training, Corpus corpus, Reparametrisation kind) {
    if (kind != Reparametrisation.NONE
        && config.feedForward() instanceof TransformerConfig.FeedForward.Experts) {
      throw new IllegalArgumentException(
          "expected plain, gated or no feed-forward blocks, whose matrices are reparametrised one"
              + " by one, got "
              + config.feedForward());
    }
    SpectralWeights weights = new SpectralWeights(kind);
    return new Transformer(
            config,
            training,
            corpus,
            weights.with(parameters(config)),
            f -> new ReparametrisedNetwork(config, f, weights, false),
            f -> new ReparametrisedNetwork(config, f, weights, true),
            weights)
        .build("decoder");
  }

  /** The trained tensors of that program, in order. */
  public static List<Parameter> parameters(TransformerConfig config, Reparametrisation kind) {
    return new SpectralWeights(kind).with(parameters(config));
  }

  /** The same functions around another network with these parameters. */
  static Program program(
      String name,
      TransformerConfig config,
      Training training,
      Corpus corpus,
      List<Parameter> parameters,
      Function<FunctionBuilder, Network> network) {
    SpectralWeights plain = new SpectralWeights(Reparametrisation.NONE);
    return new Transformer(config, training, corpus, parameters, network, network, plain)
        .build(name);
  }

  private Program build(String name) {
    ProgramBuilder b = Program.builder(name);
    for (Parameter p : parameters) {
      b.state(p.name(), type(p), State.Kind.PARAMETER);
      training.declare(b, p.name(), type(p));
    }
    weights.declare(b, parameters);
    b.state("step", TensorType.i32(), State.Kind.COUNTER);
    b.state("train_tokens", TensorType.i32(corpus.trainTokens()), State.Kind.DATA);
    b.state("eval_tokens", TensorType.i32(corpus.evalTokens()), State.Kind.DATA);
    b.state("prompt", TensorType.i32(1, config.context()), State.Kind.DATA);
    b.function(
        "initialise", f -> weights.initialise(f, parameters, initialise(f, parameters, training)));
    b.function("train_step", this::trainStep);
    b.function("evaluate", f -> f.output("loss", losses(f, evalWindows(f)).mean()));
    b.function("losses", f -> f.output("losses", losses(f, evalWindows(f))));
    if (corpus.sourceStates() > 0) {
      b.state(
          "source_table", TensorType.f32(corpus.sourceStates(), config.vocab()), State.Kind.DATA);
      b.function(
          "evaluate_source",
          f -> {
            Value tokens = evalWindows(f).get(0);
            Value kl = network.apply(f).logits(tokens).klDivergence(f.read("source_table"), tokens);
            f.output("kl", kl.mean());
          });
    }
    b.function("logits", f -> f.output("logits", network.apply(f).logits(f.read("prompt"))));
    return b.build();
  }

  private Value losses(FunctionBuilder f, List<Value> windows) {
    return network.apply(f).logits(windows.get(0)).crossEntropy(windows.get(1));
  }

  private List<Value> evalWindows(FunctionBuilder f) {
    Value step = f.apply(new RandomOp.CallStep());
    return f.read("eval_tokens").sequentialWindows(corpus.evalBatch(), config.context(), step);
  }

  /** Parameters from Philox, given by name; moments and step at zero. */
  static Map<String, Value> initialise(
      FunctionBuilder f, List<Parameter> parameters, Training training) {
    Map<String, Value> drawn = new LinkedHashMap<>();
    int stream = FIRST_INIT_STREAM;
    for (Parameter p : parameters) {
      TensorType type = type(p);
      Value value =
          switch (p.role()) {
            case GAIN -> f.fill(1, type);
            case BIAS -> f.fill(0, type);
            case EMBEDDING, HEAD, MATRIX ->
                f.apply(new RandomOp.Normal(p.shape(), stream, 0, p.deviation()));
          };
      f.update(p.name(), value);
      drawn.put(p.name(), value);
      training.zero(f, p.name(), type);
      stream++;
    }
    f.update("step", f.fill(0, TensorType.i32()));
    return drawn;
  }

  /** What the optimiser is told of the parameters: matrices and embeddings decay. */
  static List<Training.Trained> trained(List<Parameter> parameters) {
    return parameters.stream()
        .map(p -> new Training.Trained(p.name(), type(p), decays(p.role())))
        .toList();
  }

  private void trainStep(FunctionBuilder f) {
    Value step = f.read("step");
    List<Value> windows =
        f.read("train_tokens")
            .sampleWindows(training.batch(), config.context(), SAMPLING_STREAM, step);
    Network whole = trained.apply(f);
    Value loss = whole.logits(windows.get(0)).crossEntropy(windows.get(1)).mean();
    Value total = loss;
    for (Value part : whole.auxiliary()) {
      total = total.add(part);
    }
    f.output("loss", loss);
    training.step(f, total, trained(parameters), step);
    f.update("step", step.increment(1));
  }

  private static boolean decays(Role role) {
    return role != Role.GAIN && role != Role.BIAS;
  }

  static TensorType type(Parameter p) {
    return new TensorType(TensorType.f32().dtype(), p.shape());
  }
}
