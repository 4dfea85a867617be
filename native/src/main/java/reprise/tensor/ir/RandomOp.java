package reprise.tensor.ir;

import static reprise.tensor.ir.TypeMismatch.count;
import static reprise.tensor.ir.TypeMismatch.i32;
import static reprise.tensor.ir.TypeMismatch.require;
import static reprise.tensor.ir.TypeMismatch.scalar;

import java.util.List;

/**
 * Random numbers and data sampling by counter: Philox4x32-10 (Salmon et al., SC 2011). Key = the
 * session's 64-bit seed; counter words = (block, step, stream, run), where block numbers groups of
 * four 32-bit words, step is the optional integer operand (0 without), stream the attribute, and
 * run the session's run number. The same four give the same bits everywhere.
 */
public sealed interface RandomOp extends Op {
  /** Uniform on [low, high): 24 random bits an element. Operand: optionally a step. */
  record Uniform(Shape shape, int stream, double low, double high) implements RandomOp {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      step(in);
      return List.of(new TensorType(DType.F32, shape));
    }
  }

  /** Normal by Box and Muller (1958), two elements from two words. Operand: optionally a step. */
  record Normal(Shape shape, int stream, double mean, double deviation) implements RandomOp {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      step(in);
      return List.of(new TensorType(DType.F32, shape));
    }
  }

  /**
   * Windows drawn with replacement from a token buffer: for row b, start = floor(u (n - T)) with u
   * the first word of block b over 2^32; inputs = buffer[start .. start+T), targets one later.
   * Operands buffer i32 [n], step i32 []; results inputs and targets i32 [batch, time].
   */
  record SampleWindows(int batch, int time, int stream) implements RandomOp {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      return windows(in, batch, time);
    }
  }

  /**
   * Consecutive windows: row b of step s is window w = (s batch + b) mod floor((n - 1)/T), starting
   * at w T. Operands and results as {@link SampleWindows}.
   */
  record SequentialWindows(int batch, int time) implements RandomOp {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      return windows(in, batch, time);
    }
  }

  /** The number of the step within this call of the function, from 0: i32 []. */
  record CallStep() implements RandomOp {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 0);
      return List.of(TensorType.i32());
    }
  }

  private static void step(List<TensorType> in) {
    require(in.size() <= 1, "at most one operand, the step", in);
    if (in.size() == 1) {
      i32(in.get(0), "step");
      scalar(in.get(0), "step");
    }
  }

  private static List<TensorType> windows(List<TensorType> in, int batch, int time) {
    count(in, 2);
    i32(in.get(0), "token buffer");
    require(
        in.get(0).shape().rank() == 1 && in.get(0).size() > time,
        "a token buffer longer than the window of " + time,
        in.get(0));
    step(in.subList(1, 2));
    TensorType tokens = TensorType.i32(batch, time);
    return List.of(tokens, tokens);
  }
}
