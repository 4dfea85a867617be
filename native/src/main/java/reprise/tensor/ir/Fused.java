package reprise.tensor.ir;

import static reprise.tensor.ir.TypeMismatch.count;
import static reprise.tensor.ir.TypeMismatch.f32;
import static reprise.tensor.ir.TypeMismatch.require;
import static reprise.tensor.ir.TypeMismatch.same;

import java.util.ArrayList;
import java.util.List;
import reprise.tensor.ir.Elementwise.Function;

/**
 * Several operations in one pass over memory: what {@link Pipeline} makes of a program before a
 * backend runs it. They come after differentiation and have no derivatives of their own.
 */
public sealed interface Fused extends Op {
  /**
   * y = a op(w) + bias + residual, op = transposition where asked. Operands a [.., k], w [k, n] or
   * [n, k], then bias [n] and residual [.., n] where there; result y [.., n].
   */
  record Dense(boolean transposeW, boolean bias, boolean residual) implements Fused {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 2 + (bias ? 1 : 0) + (residual ? 1 : 0));
      TensorType y = product(in, transposeW);
      if (bias) {
        same(TensorType.f32(y.shape().dim(-1)), in.get(2), "bias");
      }
      if (residual) {
        same(y, in.getLast(), "residual");
      }
      return List.of(y);
    }
  }

  /**
   * h = a op(w) + bias and y = function(h). Operands a [.., k], w, then bias [n] where there;
   * results y and h, both [.., n].
   */
  record DenseActivation(boolean transposeW, boolean bias, Function function) implements Fused {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      TensorType y = new Dense(transposeW, bias, false).infer(in).getFirst();
      return List.of(y, y);
    }
  }

  /**
   * dh = (dy op(w)) function'(h): the derivative of a dense layer and the activation before it.
   * Operands dy [.., k], w [k, n] or [n, k], h [.., n]; result dh [.., n].
   */
  record DenseActivationGrad(boolean transposeW, Function function) implements Fused {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 3);
      TensorType y = product(in, transposeW);
      same(y, in.get(2), "h");
      return List.of(y);
    }
  }

  /**
   * dw = x' dy and dbias = sum of the rows of dy. Operands x [rows, k], dy [rows, n]; results dw
   * [k, n], dbias [n].
   */
  record DenseWeightGrad() implements Fused {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 2);
      require(in.get(0).shape().rank() == 2, "x [rows, k]", in.get(0));
      TensorType dw = new Linear.MatMul(true, false).infer(in).getFirst();
      return List.of(dw, TensorType.f32(dw.shape().dim(1)));
    }
  }

  /**
   * The derivative of a normalisation and of the residual connection around it: operands as {@link
   * Normalise.LayerNormGrad} and the residual's dr [.., d]; results dx + dr, dgain and, where
   * asked, dbias.
   */
  record LayerNormGradAdd(boolean bias) implements Fused {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 6);
      same(in.get(0), in.get(5), "dr");
      return new Normalise.LayerNormGrad(bias).infer(in.subList(0, 5));
    }
  }

  /** As {@link LayerNormGradAdd} for {@link Normalise.RmsNormGrad}. */
  record RmsNormGradAdd() implements Fused {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 5);
      same(in.get(0), in.get(4), "dr");
      return new Normalise.RmsNormGrad().infer(in.subList(0, 4));
    }
  }

  /**
   * table[index[i]] += y[i] from a given table, in order of i: operands table [V, d], index [..], y
   * [.., d]; result [V, d].
   */
  record ScatterOnto() implements Fused {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 3);
      require(in.get(0).shape().rank() == 2, "a table [V, d]", in.get(0));
      List<TensorType> rest = new ArrayList<>(in.subList(1, 3));
      same(
          new Lookup.ScatterAdd(in.get(0).shape().dim(0)).infer(rest).getFirst(),
          in.get(0),
          "table");
      return List.of(in.get(0));
    }
  }

  /**
   * Cross-entropy of a linear head without its logits in memory, by chunks of rows: z = x op(w),
   * rows = logsumexp(z) - z[target] (Wijmans et al. 2024, 2411.09009, section 4). Operands x [..,
   * d], w [d, V] or [V, d], targets i32 [..]; results rows [..] and the log-sum-exp [..].
   */
  record LinearCrossEntropy(boolean transposeW) implements Fused {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 3);
      TensorType logits = product(in, transposeW);
      return new Loss.CrossEntropy().infer(List.of(logits, in.get(2)));
    }
  }

  /**
   * The same with its gradients in one go, where the weights drows of the rows do not depend on the
   * loss: dz = (softmax(z) - onehot(target)) drow, dx = dz op(w)', dw = x' dz or its transpose.
   * Operands x, w, targets, drows [..]; results rows, log-sum-exp, dx, dw.
   */
  record LinearCrossEntropyStep(boolean transposeW) implements Fused {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 4);
      List<TensorType> rows = new LinearCrossEntropy(transposeW).infer(in.subList(0, 3));
      same(rows.getFirst(), in.get(3), "drows");
      return List.of(rows.get(0), rows.get(1), in.get(0), in.get(1));
    }
  }

  private static TensorType product(List<TensorType> in, boolean transposeW) {
    f32(in.get(1), "w");
    require(in.get(1).shape().rank() == 2, "w as a matrix", in.get(1));
    return new Linear.MatMul(false, transposeW).infer(in.subList(0, 2)).getFirst();
  }
}
