package reprise.tensor.ir;

import java.util.ArrayList;
import java.util.List;

/** Words for {@link Factor} operations on matrices in the last two axes. */
public final class LinearAlgebra {
  private LinearAlgebra() {}

  /** Lower L with L L' = A, A symmetric and positive definite. */
  public static Value cholesky(Value a) {
    return a.function().apply(new Factor.Cholesky(), a);
  }

  /** X with T X = B, T the lower or upper triangle. */
  public static Value solveTriangular(Value t, Value b, boolean upper) {
    return a(t, new Factor.SolveTriangular(upper, false), b);
  }

  /** X with A X = B. */
  public static Value solve(Value a, Value b) {
    return a(a, new Factor.Solve(false), b);
  }

  private static Value a(Value x, Op op, Value b) {
    return x.function().apply(op, x, b);
  }

  /** The inverse. */
  public static Value inverse(Value a) {
    return solve(a, identity(a.function(), a));
  }

  /** ln |det A|. */
  public static Value logDeterminant(Value a) {
    return a.function().applyAll(new Factor.LogDeterminant(), a).getFirst();
  }

  /** det A. */
  public static Value determinant(Value a) {
    List<Value> parts = a.function().applyAll(new Factor.LogDeterminant(), a);
    return parts.get(0).exp().mul(Pointwises.detach(parts.get(1)));
  }

  /** Q and R. */
  public static List<Value> qr(Value a) {
    return a.function().applyAll(new Factor.Qr(), a);
  }

  /** U, singular values descending, V. */
  public static List<Value> svd(Value a) {
    return a.function().applyAll(new Factor.Svd(), a);
  }

  /** Eigenvalues ascending and eigenvectors in columns, of a symmetric matrix. */
  public static List<Value> eigh(Value a) {
    return a.function().applyAll(new Factor.Eigh(), a);
  }

  /** Sum of the singular values. */
  public static Value nuclearNorm(Value a) {
    Value s = svd(a).get(1);
    int last = s.shape().rank() - 1;
    return s.sum(last, last + 1);
  }

  /**
   * (m / sigma) A with sigma = u'Av, the spectral norm where u and v are its singular vectors.
   *
   * @param a one matrix [r, c]
   * @param u [r]
   * @param v [c]
   * @param multiple m, a scalar
   */
  public static Value overNorm(Value a, Value u, Value v, Value multiple) {
    int rows = a.shape().dim(0);
    int columns = a.shape().dim(1);
    // d sigma/dA = u v'
    Value sigma = u.reshape(1, rows).matmul(a).reshape(columns).mul(v).sum();
    return a.mul(multiple.div(sigma));
  }

  /** The last two axes exchanged. */
  public static Value transpose(Value x) {
    int rank = x.shape().rank();
    List<Integer> order = new ArrayList<>();
    for (int k = 0; k < rank; k++) {
      order.add(k);
    }
    order.set(rank - 1, rank - 2);
    order.set(rank - 2, rank - 1);
    return x.permute(order.toArray(Integer[]::new));
  }

  /** Identities of the extents of square matrices. */
  static Value identity(FunctionBuilder f, Value like) {
    return f.apply(new Arrange.Band(0, 0), f.fill(1, like.type()));
  }
}
