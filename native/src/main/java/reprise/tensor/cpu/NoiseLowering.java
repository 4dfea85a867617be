package reprise.tensor.cpu;

import reprise.tensor.ir.Instruction;
import reprise.tensor.ir.Noise;

/** Random changes to native instructions. */
final class NoiseLowering {
  private NoiseLowering() {}

  static void lower(Noise op, Instruction i, Emitter code) {
    long y = code.result(i, 0);
    long x = code.in(i, 0);
    long step = code.in(i, 1);
    long n = i.types().getFirst().size();
    switch (op) {
      case Noise.Dropout d ->
          code.emit(Opcode.DROPOUT, y, x, step, n, d.stream(), Emitter.bits(d.rate()));
      case Noise.LabelNoise l ->
          code.emit(
              Opcode.LABEL_NOISE, y, x, step, n, l.stream(), l.classes(), Emitter.bits(l.rate()));
    }
  }
}
