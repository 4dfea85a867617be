package reprise.tensor.cpu;

import static reprise.tensor.cpu.Emitter.bits;

import reprise.tensor.ir.Instruction;
import reprise.tensor.ir.Pointwise;
import reprise.tensor.ir.Shape;

/** Further functions of elements and pairs to native instructions. */
final class PointwiseLowering {
  private PointwiseLowering() {}

  static void lower(Pointwise op, Instruction i, Emitter code) {
    long y = code.result(i, 0);
    long n = i.types().getFirst().size();
    switch (op) {
      case Pointwise.Map m ->
          code.emit(Opcode.MAP, y, code.in(i, 0), n, m.curve().ordinal(), bits(m.a()), bits(m.b()));
      case Pointwise.MapGrad m ->
          code.emit(
              Opcode.MAP_GRAD,
              y,
              code.in(i, 0),
              code.in(i, 1),
              n,
              m.curve().ordinal(),
              bits(m.a()),
              bits(m.b()));
      case Pointwise.Zip z -> zip(z, i, code);
      case Pointwise.Select _ ->
          code.emit(Opcode.SELECT, y, code.in(i, 0), code.in(i, 1), code.in(i, 2), n);
      case Pointwise.Detach _ -> code.emit(Opcode.COPY, y, code.in(i, 0), n);
    }
  }

  /** Neighbouring axes that repeat, or that do not, become one. */
  private static void zip(Pointwise.Zip z, Instruction i, Emitter code) {
    Shape a = code.type(i, 0).shape();
    Shape b = code.type(i, 1).shape();
    long[] extent = new long[6];
    boolean[] repeats = new boolean[6];
    int rank = 0;
    for (int k = 0; k < a.rank(); k++) {
      int at = k - (a.rank() - b.rank());
      if (a.dim(k) == 1) {
        continue;
      }
      boolean repeat = at < 0 || b.dim(at) == 1;
      if (rank > 0 && repeats[rank - 1] == repeat) {
        extent[rank - 1] *= a.dim(k);
      } else {
        extent[rank] = a.dim(k);
        repeats[rank++] = repeat;
      }
    }
    if (rank == 0) {
      extent[rank++] = 1;
    }
    long[] operands = new long[18];
    operands[0] = code.result(i, 0);
    operands[1] = code.in(i, 0);
    operands[2] = code.in(i, 1);
    operands[3] = z.pairing().ordinal();
    operands[4] = rank;
    operands[5] = b.size();
    long stride = 1;
    for (int k = 5; k >= 0; k--) {
      operands[6 + k] = k < rank ? extent[k] : 1;
      operands[12 + k] = k < rank && !repeats[k] ? stride : 0;
      stride *= k < rank && !repeats[k] ? extent[k] : 1;
    }
    code.emit(Opcode.ZIP, operands);
  }
}
