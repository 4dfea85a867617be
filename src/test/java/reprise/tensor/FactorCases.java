package reprise.tensor;

import static reprise.tensor.OpCases.f;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import reprise.tensor.OpCases.Case;
import reprise.tensor.OpCases.Operand;
import reprise.tensor.ir.Arrangements;
import reprise.tensor.ir.Factor;
import reprise.tensor.ir.FunctionBuilder;
import reprise.tensor.ir.LinearAlgebra;
import reprise.tensor.ir.Value;

/** Factorisations and solutions of well-conditioned matrices. */
final class FactorCases {
  private final List<Case> cases = new ArrayList<>();

  private FactorCases() {}

  static List<Case> all() {
    FactorCases c = new FactorCases();
    c.one("cholesky", x -> LinearAlgebra.cholesky(positive(x)), f(2, 5, 5));
    c.one("log_determinant", x -> LinearAlgebra.logDeterminant(regular(x)), f(3, 5, 5));
    c.one("determinant", x -> LinearAlgebra.determinant(x), f(3, 4, 4));
    c.one("inverse", x -> LinearAlgebra.inverse(regular(x)), f(2, 5, 5));
    for (boolean upper : new boolean[] {false, true}) {
      for (boolean transposed : new boolean[] {false, true}) {
        Factor op = new Factor.SolveTriangular(upper, transposed);
        c.two(
            "solve_triangular " + upper + transposed,
            (f, a, b) -> f.apply(op, regular(a), b),
            f(2, 5, 5),
            f(2, 5, 3));
      }
      Factor op = new Factor.Solve(upper);
      c.two("solve " + upper, (f, a, b) -> f.apply(op, regular(a), b), f(5, 5), f(5, 3));
    }
    for (int k = 0; k < 2; k++) {
      int result = k;
      c.one("qr " + k, x -> LinearAlgebra.qr(x).get(result), f(2, 7, 4));
      c.one("eigh " + k, x -> LinearAlgebra.eigh(x).get(result), f(2, 5, 5));
    }
    for (int k = 0; k < 3; k++) {
      int result = k;
      c.one("svd tall " + k, x -> LinearAlgebra.svd(x).get(result), f(2, 6, 4));
      c.one("svd wide " + k, x -> LinearAlgebra.svd(x).get(result), f(2, 3, 5));
    }
    c.one(
        "svd together",
        x -> {
          List<Value> s = LinearAlgebra.svd(x);
          return s.get(0).sum(1, 2).add(s.get(1)).add(s.get(2).sum(1, 2));
        },
        f(2, 6, 4));
    c.one("nuclear_norm", LinearAlgebra::nuclearNorm, f(3, 5, 4));
    c.cases.add(
        new Case(
            "over_norm",
            List.of(OpCases.positive(5, 7), OpCases.positive(5), OpCases.positive(7), f()),
            (_, in) -> List.of(LinearAlgebra.overNorm(in.get(0), in.get(1), in.get(2), in.get(3))),
            true));
    c.one("singular values of 40", x -> LinearAlgebra.svd(x).get(1), f(40, 40));
    c.one("eigenvalues of 40", x -> LinearAlgebra.eigh(x).getFirst(), f(40, 40));
    return c.cases;
  }

  /** x + 4 on the diagonal. */
  private static Value regular(Value x) {
    int n = x.shape().dim(-1);
    Value ones = x.slice(x.shape().rank() - 1, 0, 1).reshape(x.shape().withoutLast()).affine(0, 4);
    return x.add(Arrangements.diagonalMatrix(ones)).scale(1.0 / n);
  }

  /** x x' + 1 on the diagonal. */
  private static Value positive(Value x) {
    return x.matmul(x, false, true).add(regular(x.scale(0)));
  }

  private void one(String name, UnaryOperator<Value> word, Operand x) {
    cases.add(new Case(name, List.of(x), (_, in) -> List.of(word.apply(in.getFirst())), true));
  }

  private interface Word {
    Value apply(FunctionBuilder f, Value a, Value b);
  }

  private void two(String name, Word word, Operand a, Operand b) {
    cases.add(
        new Case(
            name, List.of(a, b), (f, in) -> List.of(word.apply(f, in.get(0), in.get(1))), true));
  }
}
