package reprise.tensor.cpu;

import reprise.tensor.ir.Grid;
import reprise.tensor.ir.Instruction;
import reprise.tensor.ir.Quantise;
import reprise.tensor.ir.Shape;

/** Rounding to native instructions. */
final class QuantiseLowering {
  private QuantiseLowering() {}

  static void lower(Quantise op, Instruction i, Emitter code) {
    switch (op) {
      case Quantise.RoundGradient _ ->
          code.emit(Opcode.COPY, code.result(i, 0), code.in(i, 0), i.types().getFirst().size());
      case Quantise.Round r -> round(r, i, code);
    }
  }

  private static void round(Quantise.Round r, Instruction i, Emitter code) {
    Shape s = i.types().getFirst().shape();
    Grid.Blocks blocks = r.blocks();
    boolean whole = blocks.axis() < 0;
    long n = whole ? s.size() : s.dim(blocks.axis());
    long inner = whole ? 1 : s.product(blocks.axis() + 1, s.rank());
    long[] grid =
        switch (r.grid()) {
          case Grid.Floating f ->
              new long[] {
                0, f.exponent(), f.mantissa(), f.specials().ordinal(), f.saturate() ? 1 : 0
              };
          case Grid.Whole w -> new long[] {1, w.bits(), w.symmetric() ? 1 : 0, 0, 1};
        };
    boolean draws = r.rounding() == Quantise.Rounding.STOCHASTIC;
    code.emit(
        Opcode.QUANTISE,
        code.result(i, 0),
        code.in(i, 0),
        draws ? code.in(i, 1) : Emitter.NONE,
        s.size() / (n * inner),
        n,
        inner,
        blocks.block() == 0 || blocks.block() > n ? n : blocks.block(),
        blocks.scale().ordinal(),
        grid[0],
        grid[1],
        grid[2],
        grid[3],
        grid[4],
        r.stream());
  }
}
