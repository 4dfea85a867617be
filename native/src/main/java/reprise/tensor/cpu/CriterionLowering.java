package reprise.tensor.cpu;

import reprise.tensor.ir.Criterion;
import reprise.tensor.ir.Instruction;
import reprise.tensor.ir.Shape;

/** Smoothed cross-entropy to native instructions. */
final class CriterionLowering {
  private CriterionLowering() {}

  static void lower(Criterion op, Instruction i, Emitter code) {
    Shape x = code.type(i, 0).shape();
    switch (op) {
      case Criterion.SmoothedCrossEntropy c ->
          code.emit(
              Opcode.SMOOTHED,
              code.result(i, 0),
              code.result(i, 1),
              code.in(i, 0),
              code.in(i, 1),
              x.rows(),
              x.dim(-1),
              Emitter.bits(c.smoothing()),
              c.ignored());
      case Criterion.SmoothedCrossEntropyGrad c ->
          code.emit(
              Opcode.SMOOTHED_GRAD,
              code.result(i, 0),
              code.in(i, 0),
              code.in(i, 1),
              code.in(i, 2),
              code.in(i, 3),
              x.rows(),
              x.dim(-1),
              Emitter.bits(c.smoothing()),
              c.ignored());
    }
  }
}
