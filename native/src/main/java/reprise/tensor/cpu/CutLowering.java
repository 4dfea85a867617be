package reprise.tensor.cpu;

import reprise.tensor.ir.Cut;
import reprise.tensor.ir.Instruction;
import reprise.tensor.ir.Shape;

/** Cut cross-entropy to native instructions. */
final class CutLowering {
  private CutLowering() {}

  static void lower(Cut op, Instruction i, Emitter code) {
    Shape x = code.type(i, 0).shape();
    int classes = code.type(i, 1).shape().dim(0);
    switch (op) {
      case Cut.CutCrossEntropy _ ->
          code.emit(
              Opcode.CUT_CROSS_ENTROPY,
              code.result(i, 0),
              code.result(i, 1),
              code.in(i, 0),
              code.in(i, 1),
              code.in(i, 2),
              x.rows(),
              classes,
              x.dim(-1));
      case Cut.CutCrossEntropyGrad g ->
          code.emit(
              Opcode.CUT_CROSS_ENTROPY_GRAD,
              code.result(i, 0),
              code.result(i, 1),
              code.result(i, 2),
              code.in(i, 0),
              code.in(i, 1),
              code.in(i, 2),
              code.in(i, 3),
              code.in(i, 4),
              code.in(i, 5),
              x.rows(),
              classes,
              x.dim(-1),
              Emitter.bits(g.threshold()));
    }
  }
}
