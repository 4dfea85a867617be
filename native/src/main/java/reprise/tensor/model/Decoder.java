package reprise.tensor.model;

import java.util.ArrayList;
import java.util.List;
import reprise.tensor.ir.FunctionBuilder;
import reprise.tensor.ir.Program;
import reprise.tensor.ir.ProgramBuilder;
import reprise.tensor.ir.RandomOp;
import reprise.tensor.ir.Shape;
import reprise.tensor.ir.State;
import reprise.tensor.ir.TensorType;
import reprise.tensor.ir.Value;

/**
 * A decoder as one program. Functions:
 *
 * <ul>
 *   <li>{@code initialise}: parameters from Philox; moments and step at zero. Run once.
 *   <li>{@code train_step}: outputs {@code loss} (nats, before the update), {@code learning_rate},
 *       {@code gradient_norm}.
 *   <li>{@code evaluate}: output {@code loss} over the windows of step i of the call; run {@link
 *       Corpus#evalSteps} steps and take the mean.
 *   <li>{@code evaluate_source} (with a source table): output {@code kl}, the mean of KL(source ||
 *       model) over the same windows; the loss is the source's entropy rate plus it.
 *   <li>{@code logits}: output {@code logits} [1, T, V] for the tokens in state {@code prompt}.
 * </ul>
 */
public final class Decoder {
  private static final int SAMPLING_STREAM = 1;
  private static final int FIRST_INIT_STREAM = 1000;
  private static final double NORM_EPS = 1e-5;
  private static final double ROTARY_BASE = 10_000;

  /** What a parameter is for. */
  public enum Role {
    EMBEDDING,
    HEAD,
    MATRIX,
    GAIN,
    BIAS
  }

  /** One trained tensor: extents and standard deviation at the start. */
  public record Parameter(String name, Role role, Shape shape, double deviation) {
    /** Number of elements. */
    public long size() {
      return shape.size();
    }
  }

  private final DecoderConfig config;
  private final Training training;
  private final Corpus corpus;

  private Decoder(DecoderConfig config, Training training, Corpus corpus) {
    this.config = config;
    this.training = training;
    this.corpus = corpus;
  }

  /** The trained tensors of a decoder, in order. Matrices are stored [in, out]. */
  public static List<Parameter> parameters(DecoderConfig c) {
    List<Parameter> list = new ArrayList<>();
    int d = c.width();
    list.add(
        new Parameter("embedding", Role.EMBEDDING, Shape.of(c.vocab(), d), c.init().embedding()));
    if (c.position() == DecoderConfig.Position.LEARNED) {
      list.add(
          new Parameter(
              "position", Role.EMBEDDING, Shape.of(c.context(), d), c.init().embedding()));
    }
    double shrink = c.init().shrinkBranches() ? 1 / Math.sqrt(2.0 * c.layers()) : 1;
    for (int l = 0; l < c.layers(); l++) {
      String at = "layer" + l + ".";
      norm(list, c, at + "norm1");
      matrix(list, c, at + "qkv", Role.MATRIX, d, 3 * d, 1);
      matrix(list, c, at + "attention_out", Role.MATRIX, d, d, shrink);
      norm(list, c, at + "norm2");
      matrix(list, c, at + "mlp_in", Role.MATRIX, d, c.mlp(), 1);
      matrix(list, c, at + "mlp_out", Role.MATRIX, c.mlp(), d, shrink);
    }
    norm(list, c, "norm");
    if (!c.tied()) {
      double std = deviation(c, d) * c.init().headFactor();
      list.add(new Parameter("head", Role.HEAD, Shape.of(d, c.vocab()), std));
    }
    return list;
  }

  private static double deviation(DecoderConfig c, int fanIn) {
    return c.init().matrix() > 0 ? c.init().matrix() : 1 / Math.sqrt(fanIn);
  }

  private static void norm(List<Parameter> list, DecoderConfig c, String name) {
    list.add(new Parameter(name + ".gain", Role.GAIN, Shape.of(c.width()), 0));
    if (c.biases() && c.norm() == DecoderConfig.Norm.LAYER) {
      list.add(new Parameter(name + ".bias", Role.BIAS, Shape.of(c.width()), 0));
    }
  }

  private static void matrix(
      List<Parameter> list, DecoderConfig c, String name, Role role, int in, int out, double by) {
    list.add(new Parameter(name, role, Shape.of(in, out), deviation(c, in) * by));
    if (c.biases()) {
      list.add(new Parameter(name + ".bias", Role.BIAS, Shape.of(out), 0));
    }
  }

  /** The whole program. */
  public static Program program(DecoderConfig config, Training training, Corpus corpus) {
    return new Decoder(config, training, corpus).build();
  }

  private Program build() {
    ProgramBuilder b = Program.builder("decoder");
    List<Parameter> parameters = parameters(config);
    for (Parameter p : parameters) {
      b.state(p.name(), type(p), State.Kind.PARAMETER);
      training.declare(b, p.name(), type(p));
    }
    b.state("step", TensorType.i32(), State.Kind.COUNTER);
    b.state("train_tokens", TensorType.i32(corpus.trainTokens()), State.Kind.DATA);
    b.state("eval_tokens", TensorType.i32(corpus.evalTokens()), State.Kind.DATA);
    b.state("prompt", TensorType.i32(1, config.context()), State.Kind.DATA);
    b.function("initialise", f -> initialise(f, parameters));
    b.function("train_step", f -> trainStep(f, parameters));
    b.function(
        "evaluate",
        f -> {
          List<Value> w = evalWindows(f);
          f.output("loss", logits(f, w.get(0)).crossEntropy(w.get(1)).mean());
        });
    if (corpus.sourceStates() > 0) {
      b.state(
          "source_table", TensorType.f32(corpus.sourceStates(), config.vocab()), State.Kind.DATA);
      b.function(
          "evaluate_source",
          f -> {
            Value tokens = evalWindows(f).get(0);
            Value kl = logits(f, tokens).klDivergence(f.read("source_table"), tokens);
            f.output("kl", kl.mean());
          });
    }
    b.function("logits", f -> f.output("logits", logits(f, f.read("prompt"))));
    return b.build();
  }

  private List<Value> evalWindows(FunctionBuilder f) {
    Value step = f.apply(new RandomOp.CallStep());
    return f.read("eval_tokens").sequentialWindows(corpus.evalBatch(), config.context(), step);
  }

  private void initialise(FunctionBuilder f, List<Parameter> parameters) {
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
      training.zero(f, p.name(), type);
      stream++;
    }
    f.update("step", f.fill(0, TensorType.i32()));
  }

  private void trainStep(FunctionBuilder f, List<Parameter> parameters) {
    Value step = f.read("step");
    List<Value> windows =
        f.read("train_tokens")
            .sampleWindows(training.batch(), config.context(), SAMPLING_STREAM, step);
    Value loss = logits(f, windows.get(0)).crossEntropy(windows.get(1)).mean();
    List<Training.Trained> trained =
        parameters.stream()
            .map(p -> new Training.Trained(p.name(), type(p), decays(p.role())))
            .toList();
    f.output("loss", loss);
    training.step(f, loss, trained, step);
    f.update("step", step.increment(1));
  }

  private static boolean decays(Role role) {
    return role != Role.GAIN && role != Role.BIAS;
  }

  private static TensorType type(Parameter p) {
    return new TensorType(TensorType.f32().dtype(), p.shape());
  }

  /** Logits [B, T, V] of tokens [B, T]. */
  private Value logits(FunctionBuilder f, Value tokens) {
    Value x = f.read("embedding").gather(tokens);
    if (config.position() == DecoderConfig.Position.LEARNED) {
      x = x.add(f.read("position"));
    }
    for (int l = 0; l < config.layers(); l++) {
      String at = "layer" + l + ".";
      Value qkv = linear(f, normalise(f, x, at + "norm1"), at + "qkv");
      if (config.position() == DecoderConfig.Position.ROTARY) {
        qkv = qkv.rotary(config.heads(), ROTARY_BASE);
      }
      x = x.add(linear(f, qkv.causalAttention(config.heads()), at + "attention_out"));
      Value hidden = linear(f, normalise(f, x, at + "norm2"), at + "mlp_in");
      x = x.add(linear(f, activate(hidden), at + "mlp_out"));
    }
    x = normalise(f, x, "norm");
    return config.tied() ? x.matmulTransposed(f.read("embedding")) : x.matmul(f.read("head"));
  }

  private Value normalise(FunctionBuilder f, Value x, String name) {
    Value gain = f.read(name + ".gain");
    if (config.norm() == DecoderConfig.Norm.RMS) {
      return x.rmsNorm(gain, NORM_EPS);
    }
    return config.biases()
        ? x.layerNorm(gain, f.read(name + ".bias"), NORM_EPS)
        : x.layerNorm(gain, NORM_EPS);
  }

  private Value linear(FunctionBuilder f, Value x, String name) {
    Value y = x.matmul(f.read(name));
    return config.biases() ? y.add(f.read(name + ".bias")) : y;
  }

  private Value activate(Value x) {
    return switch (config.activation()) {
      case GELU -> x.gelu();
      case RELU -> x.relu();
      case SILU -> x.silu();
    };
  }
}
