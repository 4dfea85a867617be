package reprise.tensor.cpu;

import reprise.tensor.ir.Experts;
import reprise.tensor.ir.Instruction;
import reprise.tensor.ir.Shape;

/** Mixtures of experts to instructions. */
final class ExpertsLowering {
  private ExpertsLowering() {}

  static void lower(Emitter code, Experts op, Instruction i) {
    long y = code.result(i, 0);
    Shape first = code.type(i, 0).shape();
    Shape second = i.inputs().size() > 1 ? code.type(i, 1).shape() : Shape.SCALAR;
    long gates = i.inputs().size() == 3 ? code.in(i, 2) : Emitter.NONE;
    switch (op) {
      case Experts.Route r ->
          code.emit(
              Opcode.ROUTE,
              y,
              code.result(i, 1),
              code.result(i, 2),
              code.in(i, 0),
              first.dim(0),
              first.dim(1),
              r.active(),
              r.capacity());
      case Experts.Pick _ ->
          code.emit(
              Opcode.PICK,
              y,
              code.in(i, 0),
              code.in(i, 1),
              first.dim(0),
              first.dim(1),
              second.dim(1));
      case Experts.PickGrad p ->
          code.emit(
              Opcode.PICK_GRAD,
              y,
              code.in(i, 0),
              code.in(i, 1),
              first.dim(0),
              p.experts(),
              first.dim(1));
      case Experts.Dispatch d ->
          code.emit(
              Opcode.DISPATCH,
              y,
              code.in(i, 0),
              code.in(i, 1),
              gates,
              second.dim(0),
              second.dim(1),
              d.slots(),
              first.dim(1));
      case Experts.Combine _ ->
          code.emit(
              Opcode.COMBINE,
              y,
              code.in(i, 0),
              code.in(i, 1),
              gates,
              second.dim(0),
              second.dim(1),
              first.dim(0),
              first.dim(1));
      case Experts.SlotDots _ -> {
        Shape slot = code.type(i, 2).shape();
        code.emit(
            Opcode.SLOT_DOTS,
            y,
            code.in(i, 0),
            code.in(i, 1),
            code.in(i, 2),
            slot.dim(0),
            slot.dim(1),
            second.dim(0),
            first.dim(1));
      }
      case Experts.GroupedMatMul g ->
          code.emit(
              Opcode.GROUPED_MAT_MUL,
              y,
              code.in(i, 0),
              code.in(i, 1),
              code.in(i, 2),
              first.dim(0),
              first.dim(1),
              second.dim(g.transposed() ? 1 : 2),
              first.dim(2),
              g.transposed() ? 1 : 0);
      case Experts.GroupedOuter _ ->
          code.emit(
              Opcode.GROUPED_OUTER,
              y,
              code.in(i, 0),
              code.in(i, 1),
              code.in(i, 2),
              first.dim(0),
              first.dim(1),
              second.dim(2),
              first.dim(2));
    }
  }
}
