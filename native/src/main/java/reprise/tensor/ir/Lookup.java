package reprise.tensor.ir;

import static reprise.tensor.ir.TypeMismatch.count;
import static reprise.tensor.ir.TypeMismatch.f32;
import static reprise.tensor.ir.TypeMismatch.i32;
import static reprise.tensor.ir.TypeMismatch.require;

import java.util.List;

/** Rows of tables by integer index. An index outside the table stops the run with a message. */
public sealed interface Lookup extends Op {
  /** y[i] = table[index[i]]: operands table [V, d], index i32 [..]; result [.., d]. */
  record Gather() implements Lookup {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 2);
      f32(in.get(0), "table");
      i32(in.get(1), "index");
      require(in.get(0).shape().rank() == 2, "a table [V, d]", in.get(0));
      return List.of(in.get(0).withShape(in.get(1).shape().append(in.get(0).shape().dim(1))));
    }
  }

  /** table[index[i]] += y[i] from zero, in order of i: operands index [..], y [.., d]. */
  record ScatterAdd(int rows) implements Lookup {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 2);
      i32(in.get(0), "index");
      f32(in.get(1), "rows");
      require(
          in.get(1).shape().rank() >= 1
              && in.get(1).shape().withoutLast().equals(in.get(0).shape()),
          "one row for each index of " + in.get(0),
          in.get(1));
      return List.of(TensorType.f32(rows, in.get(1).shape().dim(-1)));
    }
  }
}
