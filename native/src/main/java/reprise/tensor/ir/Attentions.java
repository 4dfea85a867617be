package reprise.tensor.ir;

/** Words for attention over values that are being written. */
public final class Attentions {
  private Attentions() {}

  /** Attention of q [B, Tq, d] over k and v [B, Tk, groups w]: {@link Attention.MultiHead}. */
  public static Value attend(Value q, Value k, Value v, int heads, int groups, boolean causal) {
    return q.function()
        .applyAll(new Attention.MultiHead(heads, groups, causal), q, k, v)
        .getFirst();
  }

  /** The same where the keys of row b end at lengths[b]. */
  public static Value attend(
      Value q, Value k, Value v, Value lengths, int heads, int groups, boolean causal) {
    return q.function()
        .applyAll(new Attention.MultiHead(heads, groups, causal), q, k, v, lengths)
        .getFirst();
  }

  /** Bidirectional self- or cross-attention with as many key-value heads as heads. */
  public static Value attend(Value q, Value k, Value v, int heads) {
    return attend(q, k, v, heads, heads, false);
  }

  /** Rotary positions 0.. on the whole of each head of x [B, T, heads w], halves paired. */
  public static Value rotary(Value x, int heads, double base) {
    return rotary(x, heads, x.shape().dim(2) / heads, base, false, 0);
  }

  /** Rotary positions offset.. on the first components of each head. */
  public static Value rotary(
      Value x, int heads, int rotated, double base, boolean interleaved, int offset) {
    return x.function()
        .apply(new Attention.RotaryEmbedding(heads, rotated, base, interleaved, offset, false), x);
  }

  /** a and b one after the other along an axis: [.., n, ..] and [.., m, ..] to [.., n + m, ..]. */
  public static Value concat(int axis, Value a, Value b) {
    FunctionBuilder f = a.function();
    Value head = f.apply(new Layout.Pad(axis, 0, b.shape().dim(axis)), a);
    return head.add(f.apply(new Layout.Pad(axis, a.shape().dim(axis), 0), b));
  }
}
