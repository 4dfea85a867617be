package reprise.tensor.cpu;

import reprise.tensor.ir.Incremental;
import reprise.tensor.ir.Instruction;
import reprise.tensor.ir.Shape;

/** Decoding token by token to instructions. */
final class IncrementalLowering {
  private IncrementalLowering() {}

  static void lower(Emitter code, Incremental op, Instruction i) {
    long y = code.result(i, 0);
    Shape x = code.type(i, 0).shape();
    switch (op) {
      case Incremental.Project p ->
          code.emit(
              Opcode.PROJECT,
              y,
              code.in(i, 0),
              code.in(i, 1),
              i.inputs().size() == 3 ? code.in(i, 2) : Emitter.NONE,
              x.rows(),
              x.dim(-1),
              p.n());
      case Incremental.CacheAppend a ->
          code.emit(
              Opcode.CACHE_APPEND,
              y,
              code.in(i, 0),
              code.in(i, 1),
              code.in(i, 2),
              x.dim(0),
              code.type(i, 1).shape().dim(1),
              x.dim(1),
              x.dim(a.transposed() ? 2 : 3),
              x.dim(a.transposed() ? 3 : 2),
              a.transposed() ? 1 : 0,
              a.offset());
      case Incremental.CacheAttend a -> {
        Shape keys = code.type(i, 1).shape();
        code.emit(
            Opcode.CACHE_ATTEND,
            y,
            code.in(i, 0),
            code.in(i, 1),
            code.in(i, 2),
            code.in(i, 3),
            x.dim(0),
            x.dim(1),
            a.heads(),
            keys.dim(1),
            keys.dim(2),
            keys.dim(3),
            a.offset());
      }
      case Incremental.TokensAt t ->
          code.emit(
              Opcode.TOKENS_AT, y, code.in(i, 0), code.in(i, 1), x.dim(0), x.dim(1), t.time());
      case Incremental.PositionsAt p ->
          code.emit(Opcode.POSITIONS_AT, y, code.in(i, 0), x.dim(0), p.time(), p.limit());
      case Incremental.Advance a ->
          code.emit(Opcode.ADVANCE, y, code.in(i, 0), code.in(i, 1), x.dim(0), a.by());
      case Incremental.SampleNext s -> {
        long[] operands = new long[29];
        for (int k = 0; k < 7; k++) {
          operands[k] = code.result(i, k);
        }
        for (int k = 0; k < 15; k++) {
          operands[7 + k] = code.in(i, k);
        }
        Shape banned = code.type(i, 14).shape();
        operands[22] = x.dim(0);
        operands[23] = x.dim(1);
        operands[24] = code.type(i, 1).shape().dim(1);
        operands[25] = code.type(i, 13).size();
        operands[26] = banned.dim(0);
        operands[27] = banned.dim(1);
        operands[28] = s.stream();
        code.emit(Opcode.SAMPLE_NEXT, operands);
      }
    }
  }
}
