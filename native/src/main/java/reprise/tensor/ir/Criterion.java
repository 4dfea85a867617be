package reprise.tensor.ir;

import static reprise.tensor.ir.TypeMismatch.count;
import static reprise.tensor.ir.TypeMismatch.f32;
import static reprise.tensor.ir.TypeMismatch.require;
import static reprise.tensor.ir.TypeMismatch.same;

import java.util.List;

/** Cross-entropy with smoothed labels and targets that do not count. Words: {@link Criteria}. */
public sealed interface Criterion extends Op {
  /**
   * rows = lse - (1 - s) logits[target] - s mean(logits), the cross-entropy with a target that
   * gives (1 - s) to its class and s/V to each (Szegedy et al. 2016, section 7); 0 where the target
   * is {@code ignored}. Operands logits [.., V], targets i32 [..]; results rows and log-sum-exp.
   */
  record SmoothedCrossEntropy(double smoothing, int ignored) implements Criterion {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 2);
      return rows(smoothing, in.get(0), in.get(1));
    }
  }

  /**
   * dlogits = (softmax(logits) - (1 - s) onehot(target) - s/V) drow, 0 where ignored. Operands
   * logits, targets, log-sum-exp, drows.
   */
  record SmoothedCrossEntropyGrad(double smoothing, int ignored) implements Criterion {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 4);
      TensorType rows = rows(smoothing, in.get(0), in.get(1)).getFirst();
      same(rows, in.get(2), "log-sum-exp");
      same(rows, in.get(3), "drows");
      return List.of(in.get(0));
    }
  }

  private static List<TensorType> rows(double smoothing, TensorType logits, TensorType targets) {
    require(smoothing >= 0 && smoothing <= 1, "smoothing in [0, 1]", smoothing);
    f32(logits, "logits");
    require(logits.shape().rank() >= 1, "logits [.., V]", logits);
    TensorType rows = logits.withShape(logits.shape().withoutLast());
    same(new TensorType(DType.I32, rows.shape()), targets, "one class index a row");
    return List.of(rows, rows);
  }
}
