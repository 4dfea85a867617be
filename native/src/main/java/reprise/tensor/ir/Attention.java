package reprise.tensor.ir;

import static reprise.tensor.ir.TypeMismatch.f32;
import static reprise.tensor.ir.TypeMismatch.i32;
import static reprise.tensor.ir.TypeMismatch.require;
import static reprise.tensor.ir.TypeMismatch.same;

import java.util.List;

/**
 * Attention over separate queries, keys and values: self or cross, causal or not, with fewer
 * key-value heads than query heads, with padded keys; and rotary positions.
 */
public sealed interface Attention extends Op {
  /**
   * y = softmax(q k' / sqrt(w)) v for each head (Vaswani et al. 2017, eq. 1). Query head h reads
   * key-value head h / (heads / groups): groups = heads is multi-head, fewer is grouped-query
   * (Ainslie et al. 2023, 2305.13245), one is multi-query attention.
   *
   * <p>Operands q [B, Tq, heads w], k and v [B, Tk, groups w], optionally lengths i32 [B]: keys
   * from there on are padding. Causal: query i sees keys up to i + Tk - Tq, so that keys may have a
   * prefix of Tk - Tq positions that every query sees. Results y [B, Tq, heads w] and the
   * log-sum-exp of the scaled scores [B, heads, Tq]; a query that sees no key has y = 0 and 0.
   */
  record MultiHead(int heads, int groups, boolean causal) implements Attention {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      require(in.size() == 3 || in.size() == 4, "q, k, v and optionally lengths", in);
      return results(in.subList(0, 3), in.subList(3, in.size()), heads, groups);
    }
  }

  /** Operands q, k, v, y, log-sum-exp, dy, optionally lengths; results dq, dk, dv. */
  record MultiHeadGrad(int heads, int groups, boolean causal) implements Attention {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      require(in.size() == 6 || in.size() == 7, "q, k, v, y, lse, dy and optionally lengths", in);
      List<TensorType> forward = results(in.subList(0, 3), in.subList(6, in.size()), heads, groups);
      same(forward.get(0), in.get(3), "y");
      same(forward.get(1), in.get(4), "log-sum-exp");
      same(forward.get(0), in.get(5), "dy");
      return in.subList(0, 3);
    }
  }

  /**
   * Rotates pairs of the first {@code rotated} components of each head of x [B, T, heads w] by the
   * angle p base^(-2i/rotated), i the number of the pair (Su et al. 2021, 2104.09864, eq. 15). A
   * pair is (i, i + rotated/2), as in GPT-NeoX and LLaMA, or (2i, 2i + 1) where interleaved, as in
   * GPT-J. The position p of row t is t + offset, plus start[b] where the optional operand start
   * i32 [B] is given. {@code inverse} turns the other way: the derivative.
   */
  record RotaryEmbedding(
      int heads, int rotated, double base, boolean interleaved, int offset, boolean inverse)
      implements Attention {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      require(in.size() == 1 || in.size() == 2, "x and optionally start", in);
      TensorType x = in.get(0);
      f32(x, "x");
      require(
          x.shape().rank() == 3 && heads >= 1 && x.shape().dim(2) % heads == 0,
          "x [B, T, " + heads + " heads x head width]",
          x);
      require(
          rotated >= 2 && rotated % 2 == 0 && rotated <= x.shape().dim(2) / heads,
          "an even number of rotated components, at most the head width",
          rotated + " of " + x.shape().dim(2) / heads);
      require(base > 0 && offset >= 0, "a positive base and no negative offset", this);
      perRow(in.subList(1, in.size()), x.shape().dim(0), "start");
      return in.subList(0, 1);
    }
  }

  private static List<TensorType> results(
      List<TensorType> qkv, List<TensorType> lengths, int heads, int groups) {
    List<String> names = List.of("q", "k", "v");
    for (int i = 0; i < 3; i++) {
      f32(qkv.get(i), names.get(i));
      require(
          qkv.get(i).shape().rank() == 3, names.get(i) + " [B, T, heads x head width]", qkv.get(i));
    }
    Shape q = qkv.get(0).shape();
    Shape k = qkv.get(1).shape();
    require(
        heads >= 1 && groups >= 1 && heads % groups == 0,
        "query heads in equal groups, one for each key-value head",
        heads + " heads, " + groups + " groups");
    require(q.dim(2) % heads == 0, "a last extent of " + heads + " heads x head width", q);
    require(
        k.dim(0) == q.dim(0) && k.dim(2) == q.dim(2) / heads * groups,
        "k [" + q.dim(0) + ",Tk," + q.dim(2) / heads * groups + "] for q " + q,
        k);
    same(qkv.get(1), qkv.get(2), "v");
    perRow(lengths, q.dim(0), "lengths");
    return List.of(qkv.get(0), TensorType.f32(q.dim(0), heads, q.dim(1)));
  }

  private static void perRow(List<TensorType> optional, int batch, String what) {
    for (TensorType t : optional) {
      i32(t, what);
      require(t.shape().equals(Shape.of(batch)), what + " [" + batch + "]", t);
    }
  }
}
