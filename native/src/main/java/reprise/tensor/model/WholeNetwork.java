package reprise.tensor.model;

import reprise.tensor.ir.Attentions;
import reprise.tensor.ir.FunctionBuilder;
import reprise.tensor.ir.Value;
import reprise.tensor.model.TransformerConfig.FeedForward;
import reprise.tensor.model.TransformerConfig.Heads;
import reprise.tensor.model.TransformerConfig.Position;

/** Whole windows at once: training, evaluation, logits. */
class WholeNetwork extends Network {
  WholeNetwork(TransformerConfig config, FunctionBuilder f) {
    super(config, f);
  }

  @Override
  Value linear(Value x, String name, boolean bias) {
    Value y = x.matmul(f.read(name));
    return bias ? y.add(f.read(name + ".bias")) : y;
  }

  @Override
  int capacity(FeedForward.Experts e, int n) {
    return (int) Math.min(n, Math.ceil(e.capacity() * n * e.active() / e.count()));
  }

  @Override
  Value head(Value x) {
    return config.tied() ? x.matmulTransposed(f.read("embedding")) : x.matmul(f.read("head"));
  }

  @Override
  Value positioned(Value x) {
    return config.position() instanceof Position.Learned ? x.add(f.read("position")) : x;
  }

  @Override
  Value packed(String at, Value qkv) {
    int heads = config.heads().count();
    Value x = config.position() instanceof Position.Rotary r ? qkv.rotary(heads, r.base()) : qkv;
    int d = x.shape().dim(2) / 3;
    attending(x.slice(2, 0, d), x.slice(2, d, d));
    return x.causalAttention(heads);
  }

  /** Told of the queries and keys of each layer, positions included: [B, T, heads w]. */
  void attending(Value q, Value k) {}

  @Override
  Value attend(String at, Value q, Value k, Value v) {
    Heads h = config.heads();
    Value queries = q;
    Value keys = k;
    Value values = v;
    if (config.position() instanceof Position.Rotary r) {
      queries = Attentions.rotary(q, h.count(), r.rotated(), r.base(), r.interleaved(), 0);
      keys = Attentions.rotary(k, h.groups(), r.rotated(), r.base(), r.interleaved(), 0);
    }
    attending(queries, keys);
    if (config.prefix() > 0) {
      int batch = k.shape().dim(0);
      keys = Attentions.concat(1, prefix(at + "prefix_key", batch), keys);
      values = Attentions.concat(1, prefix(at + "prefix_value", batch), values);
    }
    return Attentions.attend(queries, keys, values, h.count(), h.groups(), true);
  }

  /** Trained entries [rows, entries, keys] that stand before those of the text. */
  Value prefix(String name, int rows) {
    return f.read(name).expand(0, rows);
  }
}
