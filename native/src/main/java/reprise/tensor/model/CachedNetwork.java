package reprise.tensor.model;

import reprise.tensor.ir.Attention;
import reprise.tensor.ir.FunctionBuilder;
import reprise.tensor.ir.Incremental;
import reprise.tensor.ir.Value;
import reprise.tensor.model.TransformerConfig.FeedForward;
import reprise.tensor.model.TransformerConfig.Heads;
import reprise.tensor.model.TransformerConfig.Position;

/** A few tokens of each row from its position on, with caches of keys and values. */
final class CachedNetwork extends Network {
  private final Value start;

  CachedNetwork(TransformerConfig config, FunctionBuilder f) {
    super(config, f);
    this.start = f.read("start");
  }

  @Override
  Value linear(Value x, String name, boolean bias) {
    int n = width(name);
    Value w = f.read(name);
    Incremental.Project project = new Incremental.Project(n);
    return bias ? f.apply(project, x, w, f.read(name + ".bias")) : f.apply(project, x, w);
  }

  /** Columns of a matrix: packing rounds them up. */
  private int width(String name) {
    return Network.parameters(config).stream()
        .filter(p -> p.name().equals(name))
        .findFirst()
        .orElseThrow()
        .shape()
        .dim(1);
  }

  @Override
  int capacity(FeedForward.Experts e, int n) {
    return n;
  }

  @Override
  Value head(Value x) {
    return f.apply(new Incremental.Project(config.vocab()), x, f.read("head"));
  }

  @Override
  Value positioned(Value x) {
    if (!(config.position() instanceof Position.Learned)) {
      return x;
    }
    Value at = f.apply(new Incremental.PositionsAt(x.shape().dim(1), config.context()), start);
    return x.add(f.read("position").gather(at));
  }

  @Override
  Value packed(String at, Value qkv) {
    int d = qkv.shape().dim(2) / 3;
    return attend(at, qkv.slice(2, 0, d), qkv.slice(2, d, d), qkv.slice(2, 2 * d, d));
  }

  @Override
  Value attend(String at, Value q, Value k, Value v) {
    Heads h = config.heads();
    Value queries = q;
    Value keys = k;
    if (config.position() instanceof Position.Rotary r) {
      queries = rotated(q, h.count(), r);
      keys = rotated(k, h.groups(), r);
    }
    Value keyCache = append(at + "keys", true, keys);
    Value valueCache = append(at + "values", false, v);
    return f.apply(
        new Incremental.CacheAttend(h.count(), config.prefix()),
        queries,
        keyCache,
        valueCache,
        start);
  }

  private Value rotated(Value x, int heads, Position.Rotary r) {
    return f.apply(
        new Attention.RotaryEmbedding(heads, r.rotated(), r.base(), r.interleaved(), 0, false),
        x,
        start);
  }

  private Value append(String cache, boolean transposed, Value x) {
    Value next =
        f.apply(new Incremental.CacheAppend(transposed, config.prefix()), f.read(cache), x, start);
    f.update(cache, next);
    return next;
  }
}
