package reprise.tensor.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import reprise.tensor.ir.Attentions;
import reprise.tensor.ir.FunctionBuilder;
import reprise.tensor.ir.Program;
import reprise.tensor.ir.ProgramBuilder;
import reprise.tensor.ir.RandomOp;
import reprise.tensor.ir.Shape;
import reprise.tensor.ir.State;
import reprise.tensor.ir.TensorType;
import reprise.tensor.ir.Value;
import reprise.tensor.model.Decoder.Parameter;
import reprise.tensor.model.Decoder.Role;

/**
 * An encoder-decoder as one program over a batch of pairs that stands in its states: {@code source}
 * i32 [B, S], {@code lengths} i32 [B] of the sources (what lies beyond is padding that nothing
 * sees), {@code inputs} i32 [B, T] of the decoder (targets one step later: teacher forcing) and
 * {@code targets} i32 [B, T], {@code weights} f32 [B, T] of the targets' losses (0 for padding).
 * Functions:
 *
 * <ul>
 *   <li>{@code initialise}: parameters from Philox; moments and step at zero.
 *   <li>{@code train_step}: outputs {@code loss}, nats a weighted target, {@code learning_rate},
 *       {@code gradient_norm}.
 *   <li>{@code evaluate}: output {@code loss} of the same batch.
 *   <li>{@code losses}: output {@code losses} [B, T], nats, unweighted.
 *   <li>{@code logits}: output {@code logits} [B, T, V].
 * </ul>
 *
 * <p>With a {@link PairSet} the pairs stand in buffers inside the program, {@code train_sources}
 * i32 [n S + 1], {@code train_targets} i32 [n T + 1], {@code eval_sources} and {@code
 * eval_targets}; sentences fill their length. Functions: {@code initialise}, {@code train_step}
 * over the pairs that follow, {@code evaluate} over the held-out pairs of step i of the call.
 */
public final class EncoderDecoder {
  private static final int FIRST_INIT_STREAM = 1000;
  private static final double NORM_EPS = 1e-5;

  private final EncoderDecoderConfig config;
  private final Training training;
  private final List<Parameter> parameters;

  private EncoderDecoder(EncoderDecoderConfig config, Training training) {
    this.config = config;
    this.training = training;
    this.parameters = parameters(config);
  }

  /** The whole program; {@link Training#batch} is the number of pairs. */
  public static Program program(EncoderDecoderConfig config, Training training) {
    return new EncoderDecoder(config, training).build();
  }

  /**
   * The program over pairs that stand in buffers; {@link Training#batch} is the pairs of a step.
   */
  public static Program program(EncoderDecoderConfig config, Training training, PairSet pairs) {
    return new EncoderDecoder(config, training).build(pairs);
  }

  /** The trained tensors, in order. Matrices are stored [in, out]. */
  public static List<Parameter> parameters(EncoderDecoderConfig c) {
    List<Parameter> list = new ArrayList<>();
    int d = c.width();
    double std = c.init().embedding();
    embedding(list, "source_embedding", c.sourceVocab(), d, std);
    embedding(list, "source_position", c.source(), d, std);
    embedding(list, "target_embedding", c.targetVocab(), d, std);
    embedding(list, "target_position", c.target(), d, std);
    for (int l = 0; l < c.encoderLayers(); l++) {
      attention(list, c, "encoder" + l + ".self_", shrink(c, c.encoderLayers()));
      feedForward(list, c, "encoder" + l + ".", shrink(c, c.encoderLayers()));
    }
    list.add(new Parameter("encoder.norm.gain", Role.GAIN, Shape.of(d), 0));
    for (int l = 0; l < c.decoderLayers(); l++) {
      attention(list, c, "decoder" + l + ".self_", shrink(c, c.decoderLayers()));
      attention(list, c, "decoder" + l + ".cross_", shrink(c, c.decoderLayers()));
      feedForward(list, c, "decoder" + l + ".", shrink(c, c.decoderLayers()));
    }
    list.add(new Parameter("decoder.norm.gain", Role.GAIN, Shape.of(d), 0));
    matrix(list, c, "head", d, c.targetVocab(), c.init().headFactor());
    return list;
  }

  private static void embedding(List<Parameter> list, String name, int rows, int d, double std) {
    list.add(new Parameter(name, Role.EMBEDDING, Shape.of(rows, d), std));
  }

  private static void attention(
      List<Parameter> list, EncoderDecoderConfig c, String at, double shrink) {
    int d = c.width();
    list.add(new Parameter(at + "norm.gain", Role.GAIN, Shape.of(d), 0));
    for (String part : new String[] {"query", "key", "value"}) {
      matrix(list, c, at + part, d, d, 1);
    }
    matrix(list, c, at + "out", d, d, shrink);
  }

  private static void feedForward(
      List<Parameter> list, EncoderDecoderConfig c, String at, double shrink) {
    list.add(new Parameter(at + "mlp_norm.gain", Role.GAIN, Shape.of(c.width()), 0));
    matrix(list, c, at + "mlp_in", c.width(), c.mlp(), 1);
    matrix(list, c, at + "mlp_out", c.mlp(), c.width(), shrink);
  }

  private static double shrink(EncoderDecoderConfig c, int layers) {
    return c.init().shrinkBranches() ? 1 / Math.sqrt(2.0 * layers) : 1;
  }

  private static void matrix(
      List<Parameter> list, EncoderDecoderConfig c, String name, int in, int out, double by) {
    double std = c.init().matrix() > 0 ? c.init().matrix() : 1 / Math.sqrt(in);
    list.add(new Parameter(name, Role.MATRIX, Shape.of(in, out), std * by));
  }

  private ProgramBuilder declared() {
    ProgramBuilder b = Program.builder("encoder_decoder");
    for (Parameter p : parameters) {
      b.state(p.name(), type(p), State.Kind.PARAMETER);
      training.declare(b, p.name(), type(p));
    }
    b.state("step", TensorType.i32(), State.Kind.COUNTER);
    b.function("initialise", this::initialise);
    return b;
  }

  private Program build() {
    ProgramBuilder b = declared();
    int n = training.batch();
    b.state("source", TensorType.i32(n, config.source()), State.Kind.DATA);
    b.state("lengths", TensorType.i32(n), State.Kind.DATA);
    b.state("inputs", TensorType.i32(n, config.target()), State.Kind.DATA);
    b.state("targets", TensorType.i32(n, config.target()), State.Kind.DATA);
    b.state("weights", TensorType.f32(n, config.target()), State.Kind.DATA);
    b.function("train_step", f -> trainStep(f, weighted(f)));
    b.function("evaluate", f -> f.output("loss", weighted(f)));
    b.function("losses", f -> f.output("losses", losses(f)));
    b.function("logits", f -> f.output("logits", logits(f)));
    return b.build();
  }

  private Program build(PairSet pairs) {
    ProgramBuilder b = declared();
    buffers(b, "train", pairs.train());
    buffers(b, "eval", pairs.held());
    b.function(
        "train_step",
        f -> trainStep(f, following(f, "train", training.batch(), f.read("step")).mean()));
    b.function(
        "evaluate",
        f -> {
          Value step = f.apply(new RandomOp.CallStep());
          f.output("loss", following(f, "eval", pairs.batch(), step).mean());
        });
    return b.build();
  }

  private void buffers(ProgramBuilder b, String which, int pairs) {
    b.state(which + "_sources", TensorType.i32(pairs * config.source() + 1), State.Kind.DATA);
    b.state(which + "_targets", TensorType.i32(pairs * config.target() + 1), State.Kind.DATA);
  }

  /** Losses [B, T] of the pairs of a step; a target's end is the first token of the next. */
  private Value following(FunctionBuilder f, String which, int batch, Value step) {
    Value source =
        f.read(which + "_sources").sequentialWindows(batch, config.source(), step).get(0);
    List<Value> target = f.read(which + "_targets").sequentialWindows(batch, config.target(), step);
    return logits(f, source, Optional.empty(), target.get(0)).crossEntropy(target.get(1));
  }

  private void initialise(FunctionBuilder f) {
    int stream = FIRST_INIT_STREAM;
    for (Parameter p : parameters) {
      f.update(
          p.name(),
          p.role() == Role.GAIN
              ? f.fill(1, type(p))
              : f.apply(new RandomOp.Normal(p.shape(), stream, 0, p.deviation())));
      training.zero(f, p.name(), type(p));
      stream++;
    }
    f.update("step", f.fill(0, TensorType.i32()));
  }

  private void trainStep(FunctionBuilder f, Value loss) {
    Value step = f.read("step");
    f.output("loss", loss);
    List<Training.Trained> trained =
        parameters.stream()
            .map(p -> new Training.Trained(p.name(), type(p), p.role() != Role.GAIN))
            .toList();
    training.step(f, loss, trained, step);
    f.update("step", step.increment(1));
  }

  /** Weighted mean over all targets. */
  private Value weighted(FunctionBuilder f) {
    Value weights = f.read("weights");
    return losses(f).mul(weights).sum().div(weights.sum());
  }

  private Value losses(FunctionBuilder f) {
    return logits(f).crossEntropy(f.read("targets"));
  }

  private Value logits(FunctionBuilder f) {
    return logits(f, f.read("source"), Optional.of(f.read("lengths")), f.read("inputs"));
  }

  /** Logits [B, T, V] of sources [B, S], all of their tokens where no lengths are given. */
  private Value logits(FunctionBuilder f, Value source, Optional<Value> lengths, Value inputs) {
    Value x = embedded(f, "source", source);
    for (int l = 0; l < config.encoderLayers(); l++) {
      String at = "encoder" + l + ".";
      Value normal = normalise(f, x, at + "self_norm");
      x = x.add(seeAll(f, at + "self_", normal, normal, lengths));
      x = x.add(feedForward(f, at, x));
    }
    Value memory = normalise(f, x, "encoder.norm");
    Value y = embedded(f, "target", inputs);
    for (int l = 0; l < config.decoderLayers(); l++) {
      String at = "decoder" + l + ".";
      Value normal = normalise(f, y, at + "self_norm");
      y = y.add(seeEarlier(f, at + "self_", normal));
      Value query = normalise(f, y, at + "cross_norm");
      y = y.add(seeAll(f, at + "cross_", query, memory, lengths));
      y = y.add(feedForward(f, at, y));
    }
    return normalise(f, y, "decoder.norm").matmul(f.read("head"));
  }

  private static Value embedded(FunctionBuilder f, String side, Value tokens) {
    return f.read(side + "_embedding").gather(tokens).add(f.read(side + "_position"));
  }

  /** Attention over all keys, or those up to the lengths. */
  private Value seeAll(
      FunctionBuilder f, String at, Value from, Value to, Optional<Value> lengths) {
    int heads = config.heads();
    Value q = from.matmul(f.read(at + "query"));
    Value k = to.matmul(f.read(at + "key"));
    Value v = to.matmul(f.read(at + "value"));
    Value y =
        lengths.isPresent()
            ? Attentions.attend(q, k, v, lengths.get(), heads, heads, false)
            : Attentions.attend(q, k, v, heads, heads, false);
    return y.matmul(f.read(at + "out"));
  }

  /** Attention over this and earlier positions. */
  private Value seeEarlier(FunctionBuilder f, String at, Value x) {
    int heads = config.heads();
    Value q = x.matmul(f.read(at + "query"));
    Value k = x.matmul(f.read(at + "key"));
    Value v = x.matmul(f.read(at + "value"));
    return Attentions.attend(q, k, v, heads, heads, true).matmul(f.read(at + "out"));
  }

  private static Value feedForward(FunctionBuilder f, String at, Value x) {
    Value hidden = normalise(f, x, at + "mlp_norm").matmul(f.read(at + "mlp_in")).gelu();
    return hidden.matmul(f.read(at + "mlp_out"));
  }

  private static Value normalise(FunctionBuilder f, Value x, String name) {
    return x.layerNorm(f.read(name + ".gain"), NORM_EPS);
  }

  private static TensorType type(Parameter p) {
    return new TensorType(TensorType.f32().dtype(), p.shape());
  }
}
