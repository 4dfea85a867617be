package reprise.tensor.ir;

import static reprise.tensor.ir.TypeMismatch.count;
import static reprise.tensor.ir.TypeMismatch.f32;
import static reprise.tensor.ir.TypeMismatch.require;
import static reprise.tensor.ir.TypeMismatch.same;

import java.util.Arrays;
import java.util.List;

/**
 * Cut cross-entropy (Wijmans et al. 2024, 2411.09009, section 4): the loss of a linear head by
 * blocks of {@value #ROWS} rows and {@value #CLASSES} classes, of whose logits one block exists at
 * a time. The backward pass computes them again and may leave out blocks that hardly count.
 */
public sealed interface Cut extends Op {
  /** Rows of a block. */
  int ROWS = 128;

  /** Classes of a block. */
  int CLASSES = 256;

  /** Half a step of bfloat16 near 1, divided by 16: what the paper's code leaves out by default. */
  double THRESHOLD = 0x1p-12;

  /**
   * rows = logsumexp(z) - z[target] with z = x w'. Operands x [.., d], w [V, d], targets i32 [..];
   * results rows [..] and the log-sum-exp [..].
   *
   * @param threshold blocks of the gradient in which every |softmax - onehot| is below it are left
   *     out; 0 leaves out none
   * @param sorted whether the backward pass orders classes by their mean logit, so that those that
   *     hardly count share blocks
   */
  record CutCrossEntropy(double threshold, boolean sorted) implements Cut {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 3);
      return rows(threshold, in);
    }
  }

  /**
   * g = softmax(z) - onehot(target), 0 in blocks that are left out; dx = (g drow) w, dw = (g drow)'
   * x. Operands x, w, targets, log-sum-exp [..], drows [..], order i32 [V], every class once;
   * results dx, dw and which blocks counted [rows / ROWS, V / CLASSES], 1 or 0.
   *
   * @param threshold as at {@link CutCrossEntropy}
   */
  record CutCrossEntropyGrad(double threshold) implements Cut {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 6);
      TensorType rows = rows(threshold, in.subList(0, 3)).getFirst();
      same(rows, in.get(3), "log-sum-exp");
      same(rows, in.get(4), "drows");
      int classes = in.get(1).shape().dim(0);
      same(TensorType.i32(classes), in.get(5), "an order of the classes");
      TensorType kept = TensorType.f32(blocks(rows.size(), ROWS), blocks(classes, CLASSES));
      return List.of(in.get(0), in.get(1), kept);
    }
  }

  /** Classes by falling mean logit, mean(z) = w mean(x); i32 [V]. */
  static Value byMeanLogit(Value x, Value w) {
    int d = w.shape().dim(1);
    int rows = x.type().size() / d;
    Value mean = x.reshape(rows, d).sum(0, 1).scale(1.0 / rows).reshape(1, d);
    Value scores = mean.matmulTransposed(w).reshape(w.shape().dim(0));
    return Arrangements.sort(scores, 0, true).getLast();
  }

  /** Classes in the order of their numbers; i32 [V]. */
  static Value asNumbered(Value w) {
    Value equal = w.function().fill(0, TensorType.f32(w.shape().dim(0)));
    return Arrangements.sort(equal, 0, true).getLast();
  }

  /** Adjoints of x, w and, none, targets. */
  static List<Value> vjp(
      FunctionBuilder f, CutCrossEntropy op, List<Value> in, Value lse, Value drows) {
    Value x = in.get(0);
    Value w = in.get(1);
    Value order = op.sorted() ? byMeanLogit(x, w) : asNumbered(w);
    Op grad = new CutCrossEntropyGrad(op.threshold());
    List<Value> d = f.applyAll(grad, x, w, in.get(2), lse, drows, order);
    return Arrays.asList(d.get(0), d.get(1), null);
  }

  private static int blocks(int n, int block) {
    return (n + block - 1) / block;
  }

  private static List<TensorType> rows(double threshold, List<TensorType> in) {
    require(threshold >= 0 && threshold < 1, "a threshold in [0, 1)", threshold);
    TensorType x = in.get(0);
    TensorType w = in.get(1);
    f32(x, "x");
    f32(w, "w");
    require(x.shape().rank() >= 1, "x [.., d]", x);
    require(
        w.shape().rank() == 2 && w.shape().dim(1) == x.shape().dim(-1), "w [V, d] with d of x", w);
    TensorType rows = x.withShape(x.shape().withoutLast());
    same(new TensorType(DType.I32, rows.shape()), in.get(2), "one class index a row");
    return List.of(rows, rows);
  }
}
