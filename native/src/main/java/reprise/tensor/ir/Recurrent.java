package reprise.tensor.ir;

import static reprise.tensor.ir.TypeMismatch.count;
import static reprise.tensor.ir.TypeMismatch.f32;
import static reprise.tensor.ir.TypeMismatch.require;
import static reprise.tensor.ir.TypeMismatch.same;

import java.util.List;

/** Gates of recurrent cells; the products before them are ordinary. Words: {@link Recurrences}. */
public sealed interface Recurrent extends Op {
  /**
   * Long short-term memory (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al.
   * 2000). Gates before their functions lie side by side in the order input i, forget f, cell g,
   * output o:
   *
   * <pre>
   * c' = sigmoid(f) c + sigmoid(i) tanh(g),  h = sigmoid(o) tanh(c')
   * </pre>
   *
   * Operands gates [.., 4H], c [.., H]; results h, c'.
   */
  record Lstm() implements Recurrent {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 2);
      cell(in.get(0), in.get(1), 4);
      return List.of(in.get(1), in.get(1));
    }
  }

  /** Operands gates, c, c', dh, dc'; results dgates, dc. */
  record LstmGrad() implements Recurrent {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 5);
      cell(in.get(0), in.get(1), 4);
      in.subList(2, 5).forEach(t -> same(in.get(1), t, "c', dh and dc'"));
      return List.of(in.get(0), in.get(1));
    }
  }

  /**
   * Gated recurrent unit (Cho et al. 2014), with the reset gate behind the product. Parts from
   * input x and state s lie side by side in the order reset r, update z, new n:
   *
   * <pre>
   * n = tanh(xn + sigmoid(xr + sr) sn),  h' = (1 - u) n + u h,  u = sigmoid(xz + sz)
   * </pre>
   *
   * Operands x [.., 3H], s [.., 3H], h [.., H]; result h'.
   */
  record Gru() implements Recurrent {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 3);
      cell(in.get(0), in.get(2), 3);
      same(in.get(0), in.get(1), "parts from the state");
      return List.of(in.get(2));
    }
  }

  /** Operands x, s, h, dh'; results dx, ds, dh. */
  record GruGrad() implements Recurrent {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 4);
      cell(in.get(0), in.get(2), 3);
      same(in.get(0), in.get(1), "parts from the state");
      same(in.get(2), in.get(3), "dh'");
      return in.subList(0, 3);
    }
  }

  private static void cell(TensorType gates, TensorType state, int parts) {
    f32(gates, "gates");
    f32(state, "state");
    require(
        state.shape().rank() >= 1
            && gates.equals(state.withShape(state.shape().withLast(parts * state.shape().dim(-1)))),
        "gates of " + parts + " times the width of " + state,
        gates);
  }
}
