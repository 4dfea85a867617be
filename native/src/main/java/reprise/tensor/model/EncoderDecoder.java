package reprise.tensor.model;

import java.util.ArrayList;
import java.util.List;
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

  /** The trained tensors, in order. Matrices are stored [in, out]. */
  public static List<Parameter> parameters(EncoderDecoderConfig c) {
    List<Parameter> list = new ArrayList<>();
    int d = c.width();
    double std = c.init().embedding();
    embedding(list, "source_embedding", c.sourceVocab(), d, std);
    embedding(list, "source_position", c.source(), d, std);
    embedding(list, "target_embedding", c.targetVocab(), d, std);
    embedding(list, "target_position", c.target(), d, std);
    for (int l = 0; l < c.layers(); l++) {
      attention(list, c, "encoder" + l + ".self_");
      feedForward(list, c, "encoder" + l + ".");
    }
    list.add(new Parameter("encoder.norm.gain", Role.GAIN, Shape.of(d), 0));
    for (int l = 0; l < c.layers(); l++) {
      attention(list, c, "decoder" + l + ".self_");
      attention(list, c, "decoder" + l + ".cross_");
      feedForward(list, c, "decoder" + l + ".");
    }
    list.add(new Parameter("decoder.norm.gain", Role.GAIN, Shape.of(d), 0));
    matrix(list, c, "head", d, c.targetVocab(), c.init().headFactor());
    return list;
  }

  private static void embedding(List<Parameter> list, String name, int rows, int d, double std) {
    list.add(new Parameter(name, Role.EMBEDDING, Shape.of(rows, d), std));
  }

  private static void attention(List<Parameter> list, EncoderDecoderConfig c, String at) {
    int d = c.width();
    list.add(new Parameter(at + "norm.gain", Role.GAIN, Shape.of(d), 0));
    for (String part : new String[] {"query", "key", "value"}) {
      matrix(list, c, at + part, d, d, 1);
    }
    matrix(list, c, at + "out", d, d, shrink(c));
  }

  private static void feedForward(List<Parameter> list, EncoderDecoderConfig c, String at) {
    list.add(new Parameter(at + "mlp_norm.gain", Role.GAIN, Shape.of(c.width()), 0));
    matrix(list, c, at + "mlp_in", c.width(), c.mlp(), 1);
    matrix(list, c, at + "mlp_out", c.mlp(), c.width(), shrink(c));
  }

  private static double shrink(EncoderDecoderConfig c) {
    return c.init().shrinkBranches() ? 1 / Math.sqrt(2.0 * c.layers()) : 1;
  }

  private static void matrix(
      List<Parameter> list, EncoderDecoderConfig c, String name, int in, int out, double by) {
    double std = c.init().matrix() > 0 ? c.init().matrix() : 1 / Math.sqrt(in);
    list.add(new Parameter(name, Role.MATRIX, Shape.of(in, out), std * by));
  }

  private Program build() {
    ProgramBuilder b = Program.builder("encoder_decoder");
    for (Parameter p : parameters) {
      b.state(p.name(), type(p), State.Kind.PARAMETER);
      training.declare(b, p.name(), type(p));
    }
    int n = training.batch();
    b.state("step", TensorType.i32(), State.Kind.COUNTER);
    b.state("source", TensorType.i32(n, config.source()), State.Kind.DATA);
    b.state("lengths", TensorType.i32(n), State.Kind.DATA);
    b.state("inputs", TensorType.i32(n, config.target()), State.Kind.DATA);
    b.state("targets", TensorType.i32(n, config.target()), State.Kind.DATA);
    b.state("weights", TensorType.f32(n, config.target()), State.Kind.DATA);
    b.function("initialise", this::initialise);
    b.function("train_step", this::trainStep);
    b.function("evaluate", f -> f.output("loss", loss(f)));
    b.function("losses", f -> f.output("losses", losses(f)));
    b.function("logits", f -> f.output("logits", logits(f)));
    return b.build();
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

  private void trainStep(FunctionBuilder f) {
    Value step = f.read("step");
    Value loss = loss(f);
    f.output("loss", loss);
    List<Training.Trained> trained =
        parameters.stream()
            .map(p -> new Training.Trained(p.name(), type(p), p.role() != Role.GAIN))
            .toList();
    training.step(f, loss, trained, step);
    f.update("step", step.increment(1));
  }

  /** Weighted mean over all targets. */
  private Value loss(FunctionBuilder f) {
    Value weights = f.read("weights");
    return losses(f).mul(weights).sum().div(weights.sum());
  }

  private Value losses(FunctionBuilder f) {
    return logits(f).crossEntropy(f.read("targets"));
  }

  private Value logits(FunctionBuilder f) {
    Value lengths = f.read("lengths");
    Value x = embedded(f, "source");
    for (int l = 0; l < config.layers(); l++) {
      String at = "encoder" + l + ".";
      Value normal = normalise(f, x, at + "self_norm");
      x = x.add(attend(f, at + "self_", normal, normal, lengths));
      x = x.add(feedForward(f, at, x));
    }
    Value memory = normalise(f, x, "encoder.norm");
    Value y = embedded(f, "target");
    for (int l = 0; l < config.layers(); l++) {
      String at = "decoder" + l + ".";
      Value normal = normalise(f, y, at + "self_norm");
      y = y.add(attend(f, at + "self_", normal, normal, null));
      Value query = normalise(f, y, at + "cross_norm");
      y = y.add(attend(f, at + "cross_", query, memory, lengths));
      y = y.add(feedForward(f, at, y));
    }
    return normalise(f, y, "decoder.norm").matmul(f.read("head"));
  }

  private static Value embedded(FunctionBuilder f, String side) {
    Value tokens = f.read(side.equals("source") ? "source" : "inputs");
    return f.read(side + "_embedding").gather(tokens).add(f.read(side + "_position"));
  }

  /** Bidirectional over keys up to the lengths; causal where there are no lengths. */
  private Value attend(FunctionBuilder f, String at, Value from, Value to, Value lengths) {
    int heads = config.heads();
    Value q = from.matmul(f.read(at + "query"));
    Value k = to.matmul(f.read(at + "key"));
    Value v = to.matmul(f.read(at + "value"));
    Value y =
        lengths == null
            ? Attentions.attend(q, k, v, heads, heads, true)
            : Attentions.attend(q, k, v, lengths, heads, heads, false);
    return y.matmul(f.read(at + "out"));
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
