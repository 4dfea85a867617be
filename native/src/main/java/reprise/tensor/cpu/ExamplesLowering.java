package reprise.tensor.cpu;

import reprise.tensor.ir.Examples;
import reprise.tensor.ir.Instruction;
import reprise.tensor.ir.Shape;

/** Minibatches to instructions. */
final class ExamplesLowering {
  private ExamplesLowering() {}

  static void lower(Emitter code, Examples op, Instruction i) {
    long y = code.result(i, 0);
    switch (op) {
      case Examples.Batch b ->
          code.emit(
              Opcode.BATCH,
              y,
              code.result(i, 1),
              code.in(i, 0),
              b.order().ordinal(),
              b.examples(),
              b.batch(),
              b.stream());
      case Examples.Labels _ ->
          code.emit(
              Opcode.LABELS,
              y,
              code.in(i, 0),
              code.in(i, 1),
              code.type(i, 1).size(),
              code.type(i, 0).size());
      case Examples.NoisyLabels n ->
          code.emit(
              Opcode.NOISY_LABELS,
              y,
              code.in(i, 0),
              code.in(i, 1),
              code.in(i, 2),
              code.in(i, 3),
              code.type(i, 0).size(),
              n.classes(),
              n.stream());
      case Examples.Correct _ ->
          code.emit(
              Opcode.CORRECT,
              y,
              code.in(i, 0),
              code.in(i, 1),
              code.type(i, 1).size(),
              code.type(i, 0).shape().dim(-1));
      case Examples.Augment a -> {
        Shape x = code.type(i, 0).shape();
        code.emit(
            Opcode.AUGMENT,
            y,
            code.in(i, 0),
            code.in(i, 1),
            x.dim(0),
            x.dim(1),
            x.dim(2),
            x.dim(3),
            a.shift(),
            a.flip() ? 1 : 0,
            a.stream());
      }
      case Examples.Retell r -> {
        Shape forms = code.type(i, 2).shape();
        code.emit(
            Opcode.RETELL,
            y,
            code.result(i, 1),
            code.result(i, 2),
            code.in(i, 0),
            code.in(i, 1),
            code.in(i, 2),
            code.in(i, 3),
            code.in(i, 4),
            code.type(i, 0).shape().dim(0),
            code.type(i, 0).shape().dim(1),
            code.type(i, 1).shape().dim(1),
            forms.dim(0),
            forms.dim(1),
            forms.dim(2),
            code.type(i, 3).size(),
            r.fixed() ? 1 : 0,
            r.stream());
      }
    }
  }
}
