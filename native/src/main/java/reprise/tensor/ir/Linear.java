package reprise.tensor.ir;

import static reprise.tensor.ir.TypeMismatch.count;
import static reprise.tensor.ir.TypeMismatch.f32;
import static reprise.tensor.ir.TypeMismatch.require;

import java.util.List;

/** Products of matrices. */
public sealed interface Linear extends Op {
  /**
   * c = op(a) op(b), op = transpose of the last two axes where asked. Either both operands have the
   * same leading axes (batched), or b is one matrix: then a without transposition may have any
   * leading axes, which count as rows.
   */
  record MatMul(boolean transposeA, boolean transposeB) implements Linear {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 2);
      TensorType a = in.get(0);
      TensorType b = in.get(1);
      f32(a, "first factor");
      f32(b, "second factor");
      require(a.shape().rank() >= 2, "first factor with two or more axes", a);
      require(b.shape().rank() >= 2, "second factor with two or more axes", b);
      boolean shared = b.shape().rank() == 2;
      if (shared) {
        require(!transposeA || a.shape().rank() == 2, "a matrix as transposed first factor", a);
      } else {
        int lead = b.shape().rank() - 2;
        require(
            a.shape().rank() == b.shape().rank()
                && a.shape().dims().subList(0, lead).equals(b.shape().dims().subList(0, lead)),
            "equal leading axes of " + a,
            b);
      }
      int m = a.shape().dim(transposeA ? -1 : -2);
      int ka = a.shape().dim(transposeA ? -2 : -1);
      int kb = b.shape().dim(transposeB ? -1 : -2);
      int n = b.shape().dim(transposeB ? -2 : -1);
      require(ka == kb, "equal inner extents (" + ka + " of " + a + ")", kb + " of " + b);
      Shape lead = a.shape().withoutLast().withoutLast();
      return List.of(new TensorType(DType.F32, lead.append(m).append(n)));
    }
  }
}
