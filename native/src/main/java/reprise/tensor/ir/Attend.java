package reprise.tensor.ir;

import static reprise.tensor.ir.TypeMismatch.count;
import static reprise.tensor.ir.TypeMismatch.f32;
import static reprise.tensor.ir.TypeMismatch.require;
import static reprise.tensor.ir.TypeMismatch.same;

import java.util.List;

/** Attention over queries, keys and values packed as qkv [B, T, 3d], d = heads x head width. */
public sealed interface Attend extends Op {
  /**
   * y = softmax(q k' / sqrt(d/heads)) v with position t seeing positions up to t (Vaswani et al.
   * 2017, eq. 1). Results y [B, T, d] and the log-sum-exp of the scaled scores [B, heads, T].
   */
  record CausalAttention(int heads) implements Attend {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 1);
      return results(in.get(0), heads);
    }
  }

  /** Operands qkv, y, log-sum-exp, dy; result dqkv. */
  record CausalAttentionGrad(int heads) implements Attend {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 4);
      List<TensorType> forward = results(in.get(0), heads);
      same(forward.get(0), in.get(1), "y");
      same(forward.get(1), in.get(2), "log-sum-exp");
      same(forward.get(0), in.get(3), "dy");
      return List.of(in.get(0));
    }
  }

  /**
   * Rotates the pairs (i, i + w/2) of each head of width w of q and k by the angle t base^(-2i/w);
   * values pass unchanged (Su et al. 2021, 2104.09864). {@code inverse} turns the other way: the
   * derivative.
   */
  record Rotary(int heads, double base, boolean inverse) implements Attend {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 1);
      TensorType y = results(in.get(0), heads).get(0);
      require(y.shape().dim(-1) / heads % 2 == 0, "an even head width", in.get(0));
      return in;
    }
  }

  private static List<TensorType> results(TensorType qkv, int heads) {
    f32(qkv, "qkv");
    require(qkv.shape().rank() == 3, "qkv [B, T, 3d]", qkv);
    int d3 = qkv.shape().dim(2);
    require(
        heads >= 1 && d3 % 3 == 0 && d3 / 3 % heads == 0,
        "a last extent of 3 x " + heads + " heads x head width",
        qkv);
    Shape y = qkv.shape().withLast(d3 / 3);
    return List.of(qkv.withShape(y), TensorType.f32(y.dim(0), heads, y.dim(1)));
  }
}
