package reprise.tensor.cpu;

import reprise.tensor.ir.Fourier;
import reprise.tensor.ir.Instruction;
import reprise.tensor.ir.Shape;

/** Transforms to native instructions. */
final class FourierLowering {
  private FourierLowering() {}

  static void lower(Fourier op, Instruction i, Emitter code) {
    Shape s = i.types().getFirst().shape();
    long y = code.result(i, 0);
    long x = code.in(i, 0);
    switch (op) {
      case Fourier.Fft f ->
          code.emit(Opcode.FFT, y, x, s.product(0, s.rank() - 2), s.dim(-2), f.inverse() ? 1 : 0);
      case Fourier.Walsh _ -> code.emit(Opcode.WALSH, y, x, s.rows(), s.dim(-1));
    }
  }
}
