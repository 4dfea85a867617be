package reprise.tensor.cpu;

import reprise.tensor.ir.Factor;
import reprise.tensor.ir.Instruction;
import reprise.tensor.ir.Shape;

/** Factorisations to native instructions. */
final class FactorLowering {
  private FactorLowering() {}

  static void lower(Factor op, Instruction i, Emitter code) {
    Shape a = code.type(i, 0).shape();
    long kind =
        switch (op) {
          case Factor.Cholesky _ -> 0;
          case Factor.SolveTriangular _ -> 1;
          case Factor.Solve _ -> 2;
          case Factor.LogDeterminant _ -> 3;
          case Factor.Qr _ -> 4;
          case Factor.Svd _ -> 5;
          case Factor.Eigh _ -> 6;
        };
    long flags =
        switch (op) {
          case Factor.SolveTriangular t -> (t.upper() ? 1 : 0) + (t.transposed() ? 2 : 0);
          case Factor.Solve s -> s.transposed() ? 2 : 0;
          default -> 0;
        };
    boolean solves = i.inputs().size() > 1;
    code.emit(
        Opcode.FACTOR,
        code.result(i, 0),
        i.types().size() > 1 ? code.result(i, 1) : Emitter.NONE,
        i.types().size() > 2 ? code.result(i, 2) : Emitter.NONE,
        code.in(i, 0),
        solves ? code.in(i, 1) : Emitter.NONE,
        kind,
        a.product(0, a.rank() - 2),
        a.dim(-2),
        a.dim(-1),
        solves ? code.type(i, 1).shape().dim(-1) : 1,
        flags);
  }
}
