package reprise.tensor.ir;

import static reprise.tensor.ir.TypeMismatch.count;
import static reprise.tensor.ir.TypeMismatch.f32;
import static reprise.tensor.ir.TypeMismatch.require;
import static reprise.tensor.ir.TypeMismatch.same;

import java.util.List;

/** Losses over logits [.., V] in nats, one row each; reduce the rows with a mean. */
public sealed interface Loss extends Op {
  /**
   * rows = logsumexp(logits) - logits[target]. Operands logits [.., V], targets i32 [..]; results
   * rows [..] and the log-sum-exp [..].
   */
  record CrossEntropy() implements Loss {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 2);
      return rows(in.get(0), in.get(1));
    }
  }

  /** dlogits = (softmax(logits) - onehot(target)) drow. Operands logits, targets, lse, drows. */
  record CrossEntropyGrad() implements Loss {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 4);
      TensorType rows = rows(in.get(0), in.get(1)).get(0);
      same(rows, in.get(2), "log-sum-exp");
      same(rows, in.get(3), "drows");
      return List.of(in.get(0));
    }
  }

  /**
   * rows = KL(p || softmax(logits)) = sum_j p_j (ln p_j - logits_j) + logsumexp(logits), with p the
   * row {@code index} of a table of distributions. Operands logits [.., V], table [S, V], index i32
   * [..]; results rows and log-sum-exp. The table is data: it has no derivative.
   */
  record KlDivergence() implements Loss {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 3);
      table(in.get(0), in.get(1));
      return rows(in.get(0), in.get(2));
    }
  }

  /** dlogits = (softmax(logits) - p) drow. Operands logits, table, index, log-sum-exp, drows. */
  record KlDivergenceGrad() implements Loss {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 5);
      table(in.get(0), in.get(1));
      TensorType rows = rows(in.get(0), in.get(2)).get(0);
      same(rows, in.get(3), "log-sum-exp");
      same(rows, in.get(4), "drows");
      return List.of(in.get(0));
    }
  }

  private static void table(TensorType logits, TensorType table) {
    f32(table, "table");
    require(
        table.shape().rank() == 2 && table.shape().dim(1) == logits.shape().dim(-1),
        "a table [S, V] with the V of " + logits,
        table);
  }

  private static List<TensorType> rows(TensorType logits, TensorType index) {
    f32(logits, "logits");
    require(logits.shape().rank() >= 1, "logits [.., V]", logits);
    TensorType rows = logits.withShape(logits.shape().withoutLast());
    same(new TensorType(DType.I32, rows.shape()), index, "one class index a row");
    return List.of(rows, rows);
  }
}
