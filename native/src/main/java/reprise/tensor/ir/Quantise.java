package reprise.tensor.ir;

import static reprise.tensor.ir.TypeMismatch.count;
import static reprise.tensor.ir.TypeMismatch.f32;
import static reprise.tensor.ir.TypeMismatch.i32;
import static reprise.tensor.ir.TypeMismatch.require;
import static reprise.tensor.ir.TypeMismatch.scalar;

import java.util.List;

/**
 * Simulated low precision: values rounded to a grid and kept in f32. All arithmetic (scale, x/s,
 * result s q) is that of f32, so that every backend gives the same bits. NaN stays NaN; a block
 * that holds an infinity becomes NaN where it has a scale.
 */
public sealed interface Quantise extends Op {
  /** Which of the two neighbours on the grid. */
  enum Rounding {
    /**
     * The nearest; ties to even, with a mantissa of no bits to the larger (IEEE 754-2019, 4.3.1).
     */
    NEAREST,
    /**
     * Away from zero with probability (|x| - lower)/(upper - lower), by 24 bits of Philox under
     * counter (element/4, step, stream, run) as in {@link RandomOp.Uniform}.
     */
    STOCHASTIC
  }

  /** The derivative that stands for that of the rounding. */
  enum Pass {
    /** 1 (straight-through, Bengio et al. 2013). */
    STRAIGHT,
    /** 1 where |x| is at most the largest value of the grid, else 0; without scale only. */
    CLIPPED
  }

  /** Rounded values. Operands x and, for stochastic rounding, a step i32 []. */
  record Round(Grid grid, Grid.Blocks blocks, Rounding rounding, int stream, Pass pass)
      implements Quantise {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      require(
          pass == Pass.STRAIGHT || blocks.scale() == Grid.Scale.NONE,
          "no scale where the derivative is clipped",
          blocks);
      return rounded(in, grid, blocks, rounding, stream);
    }
  }

  /** x itself, with a gradient that is rounded: operands and attributes as {@link Round}. */
  record RoundGradient(Grid grid, Grid.Blocks blocks, Rounding rounding, int stream)
      implements Quantise {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      return rounded(in, grid, blocks, rounding, stream);
    }
  }

  private static List<TensorType> rounded(
      List<TensorType> in, Grid grid, Grid.Blocks blocks, Rounding rounding, int stream) {
    boolean draws = rounding == Rounding.STOCHASTIC;
    count(in, draws ? 2 : 1);
    f32(in.get(0), "operand");
    if (draws) {
      i32(in.get(1), "step");
      scalar(in.get(1), "step");
    }
    require(stream >= 0, "a stream of 0 or more", stream);
    require(
        blocks.axis() < in.get(0).shape().rank(),
        "blocks along an axis of " + in.get(0),
        blocks.axis());
    require(
        !(grid instanceof Grid.Whole w) || w.symmetric() || blocks.scale() != Grid.Scale.NONE,
        "a scale for asymmetric whole numbers",
        blocks);
    return List.of(in.get(0));
  }

  /** x rounded to the nearest, straight-through. */
  static Value round(Value x, Grid grid, Grid.Blocks blocks) {
    return x.function().apply(new Round(grid, blocks, Rounding.NEAREST, 0, Pass.STRAIGHT), x);
  }

  /** x rounded at random, straight-through; a stream for each use in a step. */
  static Value roundAtRandom(Value x, Grid grid, Grid.Blocks blocks, int stream, Value step) {
    return x.function()
        .apply(new Round(grid, blocks, Rounding.STOCHASTIC, stream, Pass.STRAIGHT), x, step);
  }

  /** x whose gradient is rounded to the nearest. */
  static Value roundGradient(Value x, Grid grid, Grid.Blocks blocks) {
    return x.function().apply(new RoundGradient(grid, blocks, Rounding.NEAREST, 0), x);
  }

  /** x whose gradient is rounded at random. */
  static Value roundGradientAtRandom(
      Value x, Grid grid, Grid.Blocks blocks, int stream, Value step) {
    return x.function()
        .apply(new RoundGradient(grid, blocks, Rounding.STOCHASTIC, stream), x, step);
  }
}
