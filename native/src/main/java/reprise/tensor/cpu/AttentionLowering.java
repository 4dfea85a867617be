package reprise.tensor.cpu;

import reprise.tensor.ir.Attention;
import reprise.tensor.ir.Instruction;
import reprise.tensor.ir.Shape;

/** Attention over separate operands to instructions. */
final class AttentionLowering {
  private AttentionLowering() {}

  static void lower(Emitter code, Attention op, Instruction i) {
    switch (op) {
      case Attention.MultiHead a -> {
        Shape q = code.type(i, 0).shape();
        code.emit(
            Opcode.MULTI_HEAD,
            code.result(i, 0),
            code.result(i, 1),
            code.in(i, 0),
            code.in(i, 1),
            code.in(i, 2),
            i.inputs().size() == 4 ? code.in(i, 3) : Emitter.NONE,
            q.dim(0),
            q.dim(1),
            code.type(i, 1).shape().dim(1),
            a.heads(),
            a.groups(),
            q.dim(2) / a.heads(),
            a.causal() ? 1 : 0);
      }
      case Attention.MultiHeadGrad a -> {
        Shape q = code.type(i, 0).shape();
        code.emit(
            Opcode.MULTI_HEAD_GRAD,
            code.result(i, 0),
            code.result(i, 1),
            code.result(i, 2),
            code.in(i, 0),
            code.in(i, 1),
            code.in(i, 2),
            code.in(i, 3),
            code.in(i, 4),
            code.in(i, 5),
            i.inputs().size() == 7 ? code.in(i, 6) : Emitter.NONE,
            q.dim(0),
            q.dim(1),
            code.type(i, 1).shape().dim(1),
            a.heads(),
            a.groups(),
            q.dim(2) / a.heads(),
            a.causal() ? 1 : 0);
      }
      case Attention.RotaryEmbedding r -> {
        Shape x = code.type(i, 0).shape();
        code.emit(
            Opcode.ROTARY_EMBEDDING,
            code.result(i, 0),
            code.in(i, 0),
            i.inputs().size() == 2 ? code.in(i, 1) : Emitter.NONE,
            x.dim(0),
            x.dim(1),
            r.heads(),
            x.dim(2) / r.heads(),
            r.rotated(),
            Emitter.bits(r.base()),
            r.interleaved() ? 1 : 0,
            r.offset(),
            r.inverse() ? 1 : 0);
      }
    }
  }
}
