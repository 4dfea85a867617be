package reprise.tensor.ir;

import static reprise.tensor.ir.TypeMismatch.count;
import static reprise.tensor.ir.TypeMismatch.f32;
import static reprise.tensor.ir.TypeMismatch.i32;
import static reprise.tensor.ir.TypeMismatch.require;
import static reprise.tensor.ir.TypeMismatch.same;

import java.util.List;

/**
 * Decoding token by token: products with few rows, caches of keys and values, the choice of the
 * next token. Row b of a batch stands at its own position start[b] of its own text, so that texts
 * of different lengths share a step. The bits of a row do not depend on the other rows.
 */
public sealed interface Incremental extends Op {
  /** Columns in one panel of a packed matrix. */
  int PANEL = 32;

  /** The type of a matrix [k, n] packed for {@link Project}: [ceil(n/32), k, 32]. */
  static TensorType packed(int k, int n) {
    return TensorType.f32((n + PANEL - 1) / PANEL, k, PANEL);
  }

  /**
   * y = x w + bias for x [.., k] with few rows: w [k, n] is packed in panels of 32 columns, panel p
   * holding w[k][32 p + j] at [p, k, j], zeros beyond n. Operands x, w and optionally bias [n].
   */
  record Project(int n) implements Incremental {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      require(in.size() == 2 || in.size() == 3, "x, w and optionally bias", in);
      f32(in.get(0), "x");
      require(in.get(0).shape().rank() >= 1 && n >= 1, "x with an axis to sum over", in.get(0));
      same(packed(in.get(0).shape().dim(-1), n), in.get(1), "packed w");
      if (in.size() == 3) {
        same(TensorType.f32(n), in.get(2), "bias");
      }
      return List.of(in.get(0).withShape(in.get(0).shape().withLast(n)));
    }
  }

  /**
   * Writes x [B, C, groups w] into a cache at positions offset + start[b] + c; what lies beyond the
   * cache is dropped. The cache is [B, groups, S, w], or [B, groups, w, S] where transposed (keys).
   * Operands cache, x, start i32 [B]; result the cache.
   */
  record CacheAppend(boolean transposed, int offset) implements Incremental {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 3);
      f32(in.get(0), "cache");
      f32(in.get(1), "x");
      Shape cache = in.get(0).shape();
      Shape x = in.get(1).shape();
      require(cache.rank() == 4 && offset >= 0, "a cache of four axes", in.get(0));
      int width = cache.dim(transposed ? 2 : 3);
      require(
          x.rank() == 3 && x.dim(0) == cache.dim(0) && x.dim(2) == cache.dim(1) * width,
          "x [" + cache.dim(0) + ",C," + cache.dim(1) * width + "]",
          in.get(1));
      rows(in.get(2), cache.dim(0), "start");
      return in.subList(0, 1);
    }
  }

  /**
   * Attention of q [B, C, heads w] over caches of keys [B, groups, w, S] and values [B, groups, S,
   * w]: query c of row b sees the first offset + start[b] + c + 1 entries, as {@link
   * Attention.MultiHead} does. Operands q, keys, values, start i32 [B].
   */
  record CacheAttend(int heads, int offset) implements Incremental {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 4);
      f32(in.get(0), "q");
      Shape q = in.get(0).shape();
      Shape k = in.get(1).shape();
      require(q.rank() == 3 && heads >= 1 && q.dim(2) % heads == 0, "q [B, C, heads w]", q);
      require(offset >= 0, "no negative offset", offset);
      require(
          in.get(1).dtype() == DType.F32
              && k.rank() == 4
              && k.dim(0) == q.dim(0)
              && heads % k.dim(1) == 0
              && k.dim(2) == q.dim(2) / heads,
          "keys [" + q.dim(0) + ",groups," + q.dim(2) / heads + ",S]",
          in.get(1));
      same(TensorType.f32(k.dim(0), k.dim(1), k.dim(3), k.dim(2)), in.get(2), "values");
      rows(in.get(3), q.dim(0), "start");
      return in.subList(0, 1);
    }
  }

  /** Tokens start[b] .. start[b] + time - 1 of tokens i32 [B, S], the last one beyond the end. */
  record TokensAt(int time) implements Incremental {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 2);
      int batch = tokens(in.get(0)).dim(0);
      rows(in.get(1), batch, "start");
      return List.of(TensorType.i32(batch, time));
    }
  }

  /** Positions min(start[b] + c, limit - 1) of start i32 [B]: rows of a table of positions. */
  record PositionsAt(int time, int limit) implements Incremental {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 1);
      require(in.get(0).shape().rank() == 1 && limit >= 1, "start [B]", in.get(0));
      rows(in.get(0), in.get(0).size(), "start");
      return List.of(TensorType.i32(in.get(0).size(), time));
    }
  }

  /** min(start[b] + by, last[b]), but not below start[b]. Operands start and last, i32 [B]. */
  record Advance(int by) implements Incremental {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 2);
      require(in.get(0).shape().rank() == 1 && by >= 0, "start [B]", in.get(0));
      rows(in.get(0), in.get(0).size(), "start");
      same(in.get(0), in.get(1), "last");
      return in.subList(0, 1);
    }
  }

  /**
   * Chooses the token after start[b] of each row that is not done, writes it at start[b] + 1 and
   * steps there. Where that position lies inside the prompt, the prompt's token is taken. Rules of
   * choice stand at {@code reprise.tensor.model.Sampler}; random numbers are Philox of the
   * session's seed at (position, row identity, stream, run).
   *
   * <p>Operands: logits [B, V]; tokens i32 [B, S]; start, done i32 [B]; memory [B] (of the
   * sampler); log-probability, entropy, top mass [B, S]; prompt and limit i32 [B] (lengths);
   * identity i32 [B]; rule i32 [B, 2] (kind, n of repeated n-grams never to complete, 0 for none);
   * parameters [B, 4] (temperature, first, second, repetition penalty); stop i32 [n]; banned i32
   * [N, n], n-grams in ascending order that are never completed.
   *
   * <p>Results: the new tokens, start, done, memory, log-probability, entropy, top mass. The last
   * three speak of the model's own distribution and stand at the token's position.
   */
  record SampleNext(int stream) implements Incremental {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 15);
      f32(in.get(0), "logits");
      Shape tokens = tokens(in.get(1));
      int batch = tokens.dim(0);
      require(
          in.get(0).shape().rank() == 2 && in.get(0).shape().dim(0) == batch,
          "logits [" + batch + ",V]",
          in.get(0));
      rows(in.get(2), batch, "start");
      rows(in.get(3), batch, "done");
      same(TensorType.f32(batch), in.get(4), "memory");
      TensorType record = new TensorType(DType.F32, tokens);
      same(record, in.get(5), "log-probability");
      same(record, in.get(6), "entropy");
      same(record, in.get(7), "top mass");
      rows(in.get(8), batch, "prompt");
      rows(in.get(9), batch, "limit");
      rows(in.get(10), batch, "identity");
      same(TensorType.i32(batch, 2), in.get(11), "rule");
      same(TensorType.f32(batch, 4), in.get(12), "parameters");
      require(
          in.get(13).dtype() == DType.I32 && in.get(13).shape().rank() == 1,
          "stop tokens i32 [n]",
          in.get(13));
      i32(in.get(14), "banned");
      require(in.get(14).shape().rank() == 2, "banned n-grams i32 [N, n]", in.get(14));
      return in.subList(1, 8);
    }
  }

  private static Shape tokens(TensorType t) {
    i32(t, "tokens");
    require(t.shape().rank() == 2, "tokens [B, S]", t);
    return t.shape();
  }

  private static void rows(TensorType t, int batch, String what) {
    same(TensorType.i32(batch), t, what);
  }
}
