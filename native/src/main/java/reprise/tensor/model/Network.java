package reprise.tensor.model;

import java.util.ArrayList;
import java.util.List;
import reprise.tensor.ir.Elementwise;
import reprise.tensor.ir.Experts;
import reprise.tensor.ir.FunctionBuilder;
import reprise.tensor.ir.Shape;
import reprise.tensor.ir.Value;
import reprise.tensor.model.Decoder.Parameter;
import reprise.tensor.model.Decoder.Role;
import reprise.tensor.model.TransformerConfig.FeedForward;
import reprise.tensor.model.TransformerConfig.Position;
import reprise.tensor.model.TransformerConfig.Residual;

/**
 * The blocks of a transformer while a function is being written. What differs between training on
 * whole windows and decoding with a cache (products, attention, positions) is left to subclasses.
 */
abstract class Network {
  final TransformerConfig config;
  final FunctionBuilder f;
  private final List<Value> auxiliary = new ArrayList<>();

  Network(TransformerConfig config, FunctionBuilder f) {
    this.config = config;
    this.f = f;
  }

  /** x W, with the bias where there is one. */
  abstract Value linear(Value x, String name, boolean bias);

  /** The output head. */
  abstract Value head(Value x);

  /** Trained positions added to embeddings. */
  abstract Value positioned(Value x);

  /** Attention over the packed products of one layer: [.., 3 heads w] to [.., heads w]. */
  abstract Value packed(String at, Value qkv);

  /** Attention of one layer; positions have not entered yet. */
  abstract Value attend(String at, Value q, Value k, Value v);

  /** Final hidden states [B, T, d] of tokens [B, T]. */
  final Value hidden(Value tokens) {
    Value x = positioned(f.read("embedding").gather(tokens));
    for (int l = 0; l < config.layers(); l++) {
      x = block(x, "layer" + l + ".");
    }
    return normalise(x, "norm");
  }

  /** Logits [B, T, V] of tokens [B, T]. */
  final Value logits(Value tokens) {
    return head(hidden(tokens));
  }

  private Value block(Value x, String at) {
    boolean bare = config.residual() == Residual.UNNORMALISED;
    Value normal = bare ? x : normalise(x, at + "norm1");
    Value attended = linear(attention(normal, at), at + "attention_out", config.biases().output());
    if (config.feedForward() instanceof FeedForward.None) {
      return x.add(attended);
    }
    return switch (config.residual()) {
      case SEQUENTIAL -> {
        Value y = x.add(attended);
        yield y.add(feedForward(normalise(y, at + "norm2"), at));
      }
      case UNNORMALISED -> {
        Value y = x.add(attended);
        yield y.add(feedForward(y, at));
      }
      case PARALLEL -> x.add(attended).add(feedForward(normalise(x, at + "norm2"), at));
      case PARALLEL_ONE_NORM -> x.add(attended).add(feedForward(normal, at));
    };
  }

  private Value attention(Value x, String at) {
    boolean bias = config.biases().attention();
    if (config.packed()) {
      return packed(at, linear(x, at + "qkv", bias));
    }
    Value q = linear(x, at + "query", bias);
    return attend(at, q, linear(x, at + "key", bias), linear(x, at + "value", bias));
  }

  private Value feedForward(Value x, String at) {
    boolean bias = config.biases().feedForward();
    return switch (config.feedForward()) {
      case FeedForward.None _ -> throw new IllegalStateException("no feed-forward part");
      case FeedForward.Plain p ->
          linear(
              neurons(activate(linear(x, at + "mlp_in", bias), p.activation()), at),
              at + "mlp_out",
              bias);
      case FeedForward.Experts e -> experts(x, at, e);
      case FeedForward.Gated g -> {
        Value gate = activate(linear(x, at + "mlp_gate", bias), g.activation());
        yield linear(neurons(gate.mul(linear(x, at + "mlp_in", bias)), at), at + "mlp_out", bias);
      }
    };
  }

  /** The hidden layer [.., m] of one block's second half, before its last product. */
  Value neurons(Value hidden, String at) {
    return hidden;
  }

  /** Each expert's rows x [E, C, in] times its matrix, of the tensor [E, in, out] of that name. */
  Value grouped(Value x, String name, Value counts) {
    return f.apply(new Experts.GroupedMatMul(false), x, f.read(name), counts);
  }

  /** How many tokens an expert takes of n. */
  abstract int capacity(FeedForward.Experts e, int n);

  /** What training adds to the loss, one value for each layer of experts. */
  final List<Value> auxiliary() {
    return auxiliary;
  }

  private Value experts(Value x, String at, FeedForward.Experts e) {
    int n = x.shape().rows();
    int room = capacity(e, n);
    Value rows = x.reshape(n, config.width());
    Value p = linear(rows, at + "router", false).softmax();
    List<Value> route = f.applyAll(new Experts.Route(e.active(), room), p);
    Value slot = route.get(1);
    Value counts = route.get(2);
    Value gates = f.apply(new Experts.Pick(), p, route.get(0));
    if (e.active() > 1) {
      gates = gates.div(gates.sum(1, 2).expand(1, e.active()));
    }
    Value in =
        f.apply(new Experts.Dispatch(e.count() * room), rows, slot)
            .reshape(e.count(), room, config.width());
    Value hidden = grouped(in, at + "expert_in", counts);
    hidden =
        e.gated()
            ? activate(grouped(in, at + "expert_gate", counts), e.activation()).mul(hidden)
            : activate(hidden, e.activation());
    Value out =
        grouped(hidden, at + "expert_out", counts).reshape(e.count() * room, config.width());
    Value share = f.apply(new Elementwise.ToFloat(), counts).scale(1.0 / (n * e.active()));
    Value mean = p.sum(0, 1).scale(1.0 / n);
    auxiliary.add(mean.mul(share).sum().scale(e.balance() * e.count()));
    return f.apply(new Experts.Combine(), out, slot, gates).reshape(x.shape());
  }

  private static Value activate(Value x, DecoderConfig.Activation activation) {
    return switch (activation) {
      case GELU -> x.gelu();
      case RELU -> x.relu();
      case SILU -> x.silu();
      case GELU_EXACT -> x.geluExact();
    };
  }

  private Value normalise(Value x, String name) {
    Value gain = f.read(name + ".gain");
    double eps = config.norm().eps();
    if (config.norm().kind() == DecoderConfig.Norm.RMS) {
      return x.rmsNorm(gain, eps);
    }
    return config.norm().bias()
        ? x.layerNorm(gain, f.read(name + ".bias"), eps)
        : x.layerNorm(gain, eps);
  }

  /** The trained tensors, in order. Matrices are stored [in, out]. */
  static List<Parameter> parameters(TransformerConfig c) {
    List<Parameter> list = new ArrayList<>();
    int d = c.width();
    double embedding = c.init().embedding();
    list.add(new Parameter("embedding", Role.EMBEDDING, Shape.of(c.vocab(), d), embedding));
    if (c.position() instanceof Position.Learned) {
      list.add(new Parameter("position", Role.EMBEDDING, Shape.of(c.context(), d), embedding));
    }
    for (int l = 0; l < c.layers(); l++) {
      block(list, c, "layer" + l + ".");
    }
    norm(list, c, "norm");
    if (!c.tied()) {
      double std = deviation(c, d) * c.init().headFactor();
      list.add(new Parameter("head", Role.HEAD, Shape.of(d, c.vocab()), std));
    }
    return list;
  }

  private static void block(List<Parameter> list, TransformerConfig c, String at) {
    int d = c.width();
    int queries = c.heads().count() * c.heads().width();
    int keys = c.heads().groups() * c.heads().width();
    double shrink = c.init().shrinkBranches() ? 1 / Math.sqrt(2.0 * c.layers()) : 1;
    if (c.residual() != Residual.UNNORMALISED) {
      norm(list, c, at + "norm1");
    }
    boolean bias = c.biases().attention();
    if (c.packed()) {
      matrix(list, c, at + "qkv", d, 3 * queries, 1, bias);
    } else {
      matrix(list, c, at + "query", d, queries, 1, bias);
      matrix(list, c, at + "key", d, keys, 1, bias);
      matrix(list, c, at + "value", d, keys, 1, bias);
    }
    if (c.prefix() > 0) {
      Shape prefix = Shape.of(c.prefix(), keys);
      list.add(new Parameter(at + "prefix_key", Role.EMBEDDING, prefix, 1));
      list.add(new Parameter(at + "prefix_value", Role.EMBEDDING, prefix, 1));
    }
    matrix(list, c, at + "attention_out", queries, d, shrink, c.biases().output());
    if (c.feedForward() instanceof FeedForward.None) {
      return;
    }
    if (c.residual() == Residual.SEQUENTIAL || c.residual() == Residual.PARALLEL) {
      norm(list, c, at + "norm2");
    }
    boolean mlpBias = c.biases().feedForward();
    switch (c.feedForward()) {
      case FeedForward.None _ -> {}
      case FeedForward.Plain p -> {
        matrix(list, c, at + "mlp_in", d, p.width(), 1, mlpBias);
        matrix(list, c, at + "mlp_out", p.width(), d, shrink, mlpBias);
      }
      case FeedForward.Experts e -> {
        matrix(list, c, at + "router", d, e.count(), 1, false);
        if (e.gated()) {
          expert(list, c, at + "expert_gate", Shape.of(e.count(), d, e.width()), 1);
        }
        expert(list, c, at + "expert_in", Shape.of(e.count(), d, e.width()), 1);
        expert(list, c, at + "expert_out", Shape.of(e.count(), e.width(), d), shrink);
      }
      case FeedForward.Gated g -> {
        matrix(list, c, at + "mlp_gate", d, g.width(), 1, mlpBias);
        matrix(list, c, at + "mlp_in", d, g.width(), 1, mlpBias);
        matrix(list, c, at + "mlp_out", g.width(), d, shrink, mlpBias);
      }
    }
  }

  private static void expert(
      List<Parameter> list, TransformerConfig c, String name, Shape shape, double by) {
    list.add(new Parameter(name, Role.MATRIX, shape, deviation(c, shape.dim(1)) * by));
  }

  private static double deviation(TransformerConfig c, int fanIn) {
    return c.init().matrix() > 0 ? c.init().matrix() : 1 / Math.sqrt(fanIn);
  }

  private static void norm(List<Parameter> list, TransformerConfig c, String name) {
    list.add(new Parameter(name + ".gain", Role.GAIN, Shape.of(c.width()), 0));
    if (c.norm().bias() && c.norm().kind() == DecoderConfig.Norm.LAYER) {
      list.add(new Parameter(name + ".bias", Role.BIAS, Shape.of(c.width()), 0));
    }
  }

  private static void matrix(
      List<Parameter> list,
      TransformerConfig c,
      String name,
      int in,
      int out,
      double by,
      boolean bias) {
    list.add(new Parameter(name, Role.MATRIX, Shape.of(in, out), deviation(c, in) * by));
    if (bias) {
      list.add(new Parameter(name + ".bias", Role.BIAS, Shape.of(out), 0));
    }
  }
}
