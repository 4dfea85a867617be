package reprise.tensor.ir;

import java.util.Arrays;
import java.util.List;

/**
 * Vector-Jacobian products of {@link Factor} (Giles 2008; Murray 2016 for Cholesky; Townsend 2016
 * for the singular value decomposition). A bar over a name is an adjoint, d here.
 */
final class FactorGradients {
  private FactorGradients() {}

  /** {@code d} holds one adjoint for each result, null where there is none. */
  static List<Value> vjp(
      FunctionBuilder f, Factor op, List<Value> in, List<Value> y, List<Value> d) {
    Value a = in.getFirst();
    return switch (op) {
      case Factor.Cholesky _ -> List.of(cholesky(f, y.get(0), d.get(0)));
      case Factor.SolveTriangular t -> {
        // T X = B: dB = T^-T dX, dT = -tri(dB X'); transposed: dT = -tri(X dB')
        Value db = f.apply(new Factor.SolveTriangular(t.upper(), !t.transposed()), a, d.get(0));
        Value dt = outer(db, y.get(0), t.transposed());
        yield List.of(t.upper() ? Arrangements.triu(dt, 0) : Arrangements.tril(dt, 0), db);
      }
      case Factor.Solve s -> {
        Value db = f.apply(new Factor.Solve(!s.transposed()), a, d.get(0));
        yield List.of(outer(db, y.get(0), s.transposed()), db);
      }
      case Factor.LogDeterminant _ -> {
        if (d.get(0) == null) {
          yield Arrays.asList((Value) null);
        }
        // dA = A^-T d
        Value inverse = f.apply(new Factor.Solve(true), a, LinearAlgebra.identity(f, a));
        yield List.of(Pointwises.mul(inverse, column(column(d.get(0)))));
      }
      case Factor.Qr _ -> List.of(qr(f, y.get(0), y.get(1), zero(f, d, y, 0), zero(f, d, y, 1)));
      case Factor.Svd _ -> List.of(svd(f, y, d));
      case Factor.Eigh _ -> List.of(eigh(f, y.get(0), y.get(1), d));
    };
  }

  private static Value zero(FunctionBuilder f, List<Value> d, List<Value> y, int k) {
    return d.get(k) == null ? f.fill(0, y.get(k).type()) : d.get(k);
  }

  /** -(db x') or its transpose. */
  private static Value outer(Value db, Value x, boolean transposed) {
    return (transposed ? x.matmul(db, false, true) : db.matmul(x, false, true)).scale(-1);
  }

  private static Value column(Value x) {
    return x.reshape(x.shape().append(1));
  }

  private static Value row(Value x) {
    return x.reshape(x.shape().withLast(1).append(x.shape().dim(-1)));
  }

  private static Value symmetric(Value x) {
    return x.add(LinearAlgebra.transpose(x)).scale(0.5);
  }

  /** dA = sym(L^-T phi(L' dL) L^-1), phi the lower triangle with half the diagonal. */
  private static Value cholesky(FunctionBuilder f, Value l, Value dl) {
    Value x = l.matmul(dl, true, false);
    Value phi = Arrangements.tril(x, 0).add(Arrangements.tril(x, -1)).scale(0.5);
    Factor back = new Factor.SolveTriangular(false, true);
    Value left = f.apply(back, l, phi);
    return symmetric(f.apply(back, l, LinearAlgebra.transpose(left)));
  }

  /** dA = (dQ + Q copyltu(M)) R^-T, M = R dR' - dQ' Q. */
  private static Value qr(FunctionBuilder f, Value q, Value r, Value dq, Value dr) {
    Value m = r.matmul(dr, false, true).sub(dq.matmul(q, true, false));
    Value lower = Arrangements.tril(m, -1);
    Value both = Arrangements.tril(m, 0).add(LinearAlgebra.transpose(lower));
    Value y = dq.add(q.matmul(both));
    Value x = f.apply(new Factor.SolveTriangular(true, false), r, LinearAlgebra.transpose(y));
    return LinearAlgebra.transpose(x);
  }

  /** 1/(w_j - w_i) off the diagonal, 0 on it. */
  private static Value gaps(FunctionBuilder f, Value w) {
    int n = w.shape().dim(-1);
    int last = w.shape().rank();
    Value square = w.expand(last - 1, n).sub(w.expand(last, n));
    Value eye = LinearAlgebra.identity(f, square);
    Value safe = square.add(eye);
    return f.apply(new Elementwise.Unary(Elementwise.Function.RECIPROCAL), safe).sub(eye);
  }

  /** dA = sym(V (diag(dw) + F o (V' dV)) V'). */
  private static Value eigh(FunctionBuilder f, Value w, Value v, List<Value> d) {
    Value inner = d.get(0) == null ? null : Arrangements.diagonalMatrix(d.get(0));
    if (d.get(1) != null) {
      Value turn = gaps(f, w).mul(v.matmul(d.get(1), true, false));
      inner = inner == null ? turn : inner.add(turn);
    }
    return symmetric(v.matmul(inner).matmul(v, false, true));
  }

  /**
   * U (diag(ds) + (F o (U'dU - dU'U)) S + S (F o (V'dV - dV'V))) V' + (I - UU') dU S^-1 V' + U S^-1
   * dV' (I - VV'), F_ij = 1/(s_j^2 - s_i^2).
   */
  private static Value svd(FunctionBuilder f, List<Value> y, List<Value> d) {
    Value u = y.get(0);
    Value s = y.get(1);
    Value v = y.get(2);
    Value inner = d.get(1) == null ? null : Arrangements.diagonalMatrix(d.get(1));
    Value rest = null;
    if (d.get(0) != null) {
      Value x = u.matmul(d.get(0), true, false);
      Value turn =
          Pointwises.mul(gaps(f, s.square()).mul(x.sub(LinearAlgebra.transpose(x))), row(s));
      inner = inner == null ? turn : inner.add(turn);
      Value beside = Pointwises.div(d.get(0).sub(u.matmul(x)), row(s));
      rest = beside.matmul(v, false, true);
    }
    if (d.get(2) != null) {
      Value x = v.matmul(d.get(2), true, false);
      Value turn =
          Pointwises.mul(gaps(f, s.square()).mul(x.sub(LinearAlgebra.transpose(x))), column(s));
      inner = inner == null ? turn : inner.add(turn);
      Value beside = Pointwises.div(d.get(2).sub(v.matmul(x)), row(s));
      Value part = u.matmul(beside, false, true);
      rest = rest == null ? part : rest.add(part);
    }
    Value all = u.matmul(inner).matmul(v, false, true);
    return rest == null ? all : all.add(rest);
  }
}
