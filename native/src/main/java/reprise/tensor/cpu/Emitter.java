package reprise.tensor.cpu;

import java.util.List;
import reprise.tensor.ir.Instruction;
import reprise.tensor.ir.TensorType;

/**
 * Writes instructions of the native interpreter. A family of operations that is lowered in a class
 * of its own gets one of these and the node.
 */
record Emitter(Words out, List<Long> offsets, List<TensorType> types) {
  /** The offset of a tensor that is not there. */
  static final long NONE = -1;

  void emit(Opcode op, long... operands) {
    out.add(op.ordinal()).add(operands.length + 2);
    for (long o : operands) {
      out.add(o);
    }
  }

  static long bits(double x) {
    return Double.doubleToRawLongBits(x);
  }

  /** Offset of an operand. */
  long in(Instruction i, int k) {
    return offsets.get(i.inputs().get(k));
  }

  /** Offset of a result. */
  long result(Instruction i, int k) {
    return offsets.get(i.first() + k);
  }

  /** Type of an operand. */
  TensorType type(Instruction i, int k) {
    return types.get(i.inputs().get(k));
  }
}
