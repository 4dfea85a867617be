package reprise.tensor.cpu;

import reprise.tensor.ir.Arrange;
import reprise.tensor.ir.Instruction;
import reprise.tensor.ir.Shape;

/** Running folds, orderings and positions to native instructions. */
final class ArrangeLowering {
  private ArrangeLowering() {}

  static void lower(Arrange op, Instruction i, Emitter code) {
    long y = code.result(i, 0);
    switch (op) {
      case Arrange.Scan s ->
          along(Opcode.SCAN, i, code, s.axis(), 0, s.running().ordinal(), s.reverse() ? 1 : 0);
      case Arrange.ScanGrad s ->
          along(Opcode.SCAN_GRAD, i, code, s.axis(), 0, s.running().ordinal(), s.reverse() ? 1 : 0);
      case Arrange.Best b -> along(Opcode.BEST, i, code, b.axis(), 0, b.largest() ? 1 : 0);
      case Arrange.Order o ->
          along(Opcode.ORDER, i, code, o.axis(), 0, o.k(), o.descending() ? 1 : 0);
      case Arrange.TakeAlong t ->
          along(Opcode.TAKE_ALONG, i, code, t.axis(), 0, code.type(i, 1).shape().dim(t.axis()));
      case Arrange.PutAlong p -> along(Opcode.PUT_ALONG, i, code, p.axis(), 1, p.extent());
      case Arrange.OneHot h ->
          code.emit(Opcode.ONE_HOT, y, code.in(i, 0), code.type(i, 0).size(), h.classes());
      case Arrange.Concat c -> concat(c.axis(), i, code);
      case Arrange.Reverse r -> along(Opcode.REVERSE, i, code, r.axis(), 0);
      case Arrange.Band b -> {
        Shape s = i.types().getFirst().shape();
        code.emit(
            Opcode.BAND,
            y,
            code.in(i, 0),
            s.size() / (s.dim(-2) * s.dim(-1)),
            s.dim(-2),
            s.dim(-1),
            b.lower(),
            b.upper());
      }
      case Arrange.Iota n -> code.emit(Opcode.IOTA, y, n.n());
    }
  }

  /** Results, operands, outer, n and inner of one operand around the axis, attributes. */
  private static void along(
      Opcode opcode, Instruction i, Emitter code, int axis, int operand, long... attributes) {
    Shape s = code.type(i, operand).shape();
    int results = i.types().size();
    int operands = i.inputs().size();
    long[] words = new long[results + operands + 3 + attributes.length];
    for (int k = 0; k < results; k++) {
      words[k] = code.result(i, k);
    }
    for (int k = 0; k < operands; k++) {
      words[results + k] = code.in(i, k);
    }
    int at = results + operands;
    words[at] = s.product(0, axis);
    words[at + 1] = s.dim(axis);
    words[at + 2] = s.product(axis + 1, s.rank());
    System.arraycopy(attributes, 0, words, at + 3, attributes.length);
    code.emit(opcode, words);
  }

  /** Pairs: outer and elements of a result row, then offset and elements of a row each. */
  private static void concat(int axis, Instruction i, Emitter code) {
    Shape s = i.types().getFirst().shape();
    int parts = i.inputs().size();
    long[] words = new long[2 + 2 * (parts + 1)];
    words[0] = code.result(i, 0);
    words[1] = parts + 1L;
    words[2] = s.product(0, axis);
    words[3] = s.product(axis, s.rank());
    for (int k = 0; k < parts; k++) {
      Shape x = code.type(i, k).shape();
      words[4 + 2 * k] = code.in(i, k);
      words[5 + 2 * k] = x.product(axis, x.rank());
    }
    code.emit(Opcode.CONCAT, words);
  }
}
