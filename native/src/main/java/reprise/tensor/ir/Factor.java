package reprise.tensor.ir;

import static reprise.tensor.ir.TypeMismatch.count;
import static reprise.tensor.ir.TypeMismatch.f32;
import static reprise.tensor.ir.TypeMismatch.require;

import java.util.List;

/**
 * Factorisations and solutions of matrices in the last two axes, for each leading index, in double
 * inside. What cannot be computed (singular, not positive definite, no convergence) stops the run
 * with a message that names the matrix. Words stand in {@link LinearAlgebra}.
 */
public sealed interface Factor extends Op {
  /** Lower L with L L' = (A + A')/2: operand A [.., n, n]. */
  record Cholesky() implements Factor {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 1);
      square(in.get(0));
      return in;
    }
  }

  /** X with T X = B or, transposed, T' X = B; T the upper or lower triangle of its operand. */
  record SolveTriangular(boolean upper, boolean transposed) implements Factor {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      return solution(in);
    }
  }

  /** X with A X = B or, transposed, A' X = B, by elimination with row exchanges. */
  record Solve(boolean transposed) implements Factor {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      return solution(in);
    }
  }

  /** ln |det A| and the sign of det A, which has no derivative: operand A [.., n, n]. */
  record LogDeterminant() implements Factor {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 1);
      square(in.get(0));
      TensorType t = in.get(0).withShape(in.get(0).shape().withoutLast().withoutLast());
      return List.of(t, t);
    }
  }

  /**
   * A = Q R with orthonormal columns in Q and a positive diagonal in R: operand A [.., m, n], m >=
   * n, of full rank; results Q [.., m, n], R [.., n, n].
   */
  record Qr() implements Factor {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 1);
      matrix(in.get(0));
      Shape s = in.get(0).shape();
      require(s.dim(-2) >= s.dim(-1), "no fewer rows than columns", in.get(0));
      return List.of(in.get(0), in.get(0).withShape(lead(s).append(s.dim(-1)).append(s.dim(-1))));
    }
  }

  /**
   * A = U diag(s) V' with s descending, k = min(m, n) of them; the component of largest magnitude
   * of each column of V is positive. Results U [.., m, k], s [.., k], V [.., n, k]. By one-sided
   * Jacobi rotations (Hestenes 1958). The derivative through U and V needs distinct singular values
   * above 0, that through s alone needs nothing.
   */
  record Svd() implements Factor {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 1);
      matrix(in.get(0));
      Shape s = in.get(0).shape();
      int k = Math.min(s.dim(-2), s.dim(-1));
      Shape lead = lead(s);
      TensorType x = in.get(0);
      return List.of(
          x.withShape(lead.append(s.dim(-2)).append(k)),
          x.withShape(lead.append(k)),
          x.withShape(lead.append(s.dim(-1)).append(k)));
    }
  }

  /**
   * (A + A')/2 = V diag(w) V' with w ascending; the component of largest magnitude of each column
   * of V is positive. Results w [.., n], V [.., n, n]. By cyclic Jacobi rotations (Golub and Van
   * Loan, section 8.5). The derivative through V needs distinct eigenvalues.
   */
  record Eigh() implements Factor {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 1);
      square(in.get(0));
      return List.of(in.get(0).withShape(in.get(0).shape().withoutLast()), in.get(0));
    }
  }

  private static void matrix(TensorType x) {
    f32(x, "operand");
    require(x.shape().rank() >= 2, "matrices [.., m, n]", x);
  }

  private static void square(TensorType x) {
    matrix(x);
    require(x.shape().dim(-1) == x.shape().dim(-2), "square matrices [.., n, n]", x);
  }

  private static Shape lead(Shape s) {
    return s.withoutLast().withoutLast();
  }

  private static List<TensorType> solution(List<TensorType> in) {
    count(in, 2);
    square(in.get(0));
    matrix(in.get(1));
    Shape a = in.get(0).shape();
    Shape b = in.get(1).shape();
    require(
        lead(a).equals(lead(b)) && a.dim(-1) == b.dim(-2),
        "right-hand sides [.., n, p] for " + in.get(0),
        in.get(1));
    return List.of(in.get(1));
  }
}
