package reprise.tensor.ir;

import static reprise.tensor.ir.TypeMismatch.count;
import static reprise.tensor.ir.TypeMismatch.f32;
import static reprise.tensor.ir.TypeMismatch.i32;
import static reprise.tensor.ir.TypeMismatch.require;
import static reprise.tensor.ir.TypeMismatch.scalar;

import java.util.List;

/** Random changes by counter, as in {@link RandomOp}: nothing is stored, a gradient draws again. */
public sealed interface Noise extends Op {
  /**
   * x/(1 - rate) with probability 1 - rate, else 0 (Srivastava et al. 2014): 0 where the uniform
   * number of the element is below the rate. Operands x, step i32 []. Its derivative is itself.
   */
  record Dropout(double rate, int stream) implements Noise {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 2);
      f32(in.get(0), "operand");
      step(in.get(1));
      require(rate >= 0 && rate < 1, "a rate in [0, 1)", rate);
      return List.of(in.get(0));
    }
  }

  /**
   * Classes replaced, with probability rate, by one drawn from all classes alike: by words 0 and 1
   * of block i. Operands classes i32 [..], step i32 []; a constant step gives each position the
   * same label in every step (label noise of a fixed data set).
   */
  record LabelNoise(int classes, double rate, int stream) implements Noise {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 2);
      i32(in.get(0), "classes");
      step(in.get(1));
      require(rate >= 0 && rate <= 1 && classes >= 1, "a rate in [0, 1], classes >= 1", this);
      return List.of(in.get(0));
    }
  }

  private static void step(TensorType t) {
    i32(t, "step");
    scalar(t, "step");
  }

  /** Dropout of x; a stream for each use in a step. */
  static Value dropout(Value x, double rate, int stream, Value step) {
    return rate == 0 ? x : x.function().apply(new Dropout(rate, stream), x, step);
  }

  /** x plus normal noise: gradient noise (Neelakantan et al. 2015), weight noise. */
  static Value gaussian(Value x, double deviation, int stream, Value step) {
    return x.add(x.function().apply(new RandomOp.Normal(x.shape(), stream, 0, deviation), step));
  }

  /** Classes with label noise. */
  static Value labels(Value classes, int count, double rate, int stream, Value step) {
    return classes.function().apply(new LabelNoise(count, rate, stream), classes, step);
  }
}
