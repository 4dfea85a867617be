package reprise.tensor.ir;

import static reprise.tensor.ir.TypeMismatch.count;
import static reprise.tensor.ir.TypeMismatch.f32;
import static reprise.tensor.ir.TypeMismatch.i32;
import static reprise.tensor.ir.TypeMismatch.require;
import static reprise.tensor.ir.TypeMismatch.same;
import static reprise.tensor.ir.TypeMismatch.scalar;

import java.util.List;

/** Optimiser arithmetic; not differentiable. */
public sealed interface Optimise extends Op {
  /** The shape of a learning-rate schedule after its warm-up. */
  enum Decay {
    /** Stays at the peak. */
    CONSTANT,
    /** Half a cosine from the peak to the floor (Loshchilov and Hutter 2017). */
    COSINE,
    /** Straight line from the peak to the floor. */
    LINEAR,
    /** Peak until the last {@code cooldown} steps, then a straight line to the floor. */
    WARMUP_STABLE_DECAY
  }

  /**
   * Learning rate from a step counter s = 0, 1, ..: for s below warmup, peak (s + 1)/warmup; then
   * by decay with progress (s - warmup)/(total - warmup), so that s = total would be the floor.
   */
  record Schedule(Decay decay, double peak, double floor, int warmup, int total, int cooldown)
      implements Optimise {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 1);
      i32(in.get(0), "step");
      scalar(in.get(0), "step");
      require(
          warmup >= 0 && cooldown >= 0 && total >= 1 && cooldown <= total,
          "0 <= warmup, 0 <= cooldown <= total",
          this);
      return List.of(TensorType.f32());
    }
  }

  /** sqrt of the sum of squares over all operands. */
  record GlobalNorm() implements Optimise {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      require(!in.isEmpty(), "at least one operand", in);
      in.forEach(t -> f32(t, "operand"));
      return List.of(TensorType.f32());
    }
  }

  /** min(1, limit/norm): the factor of clipping by global norm (Pascanu et al. 2013). */
  record ClipFactor(double limit) implements Optimise {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 1);
      f32(in.get(0), "norm");
      scalar(in.get(0), "norm");
      return in;
    }
  }

  /**
   * One step of Adam with decoupled weight decay (Loshchilov and Hutter 2019, algorithm 2), with g
   * = factor x gradient and t = step + 1:
   *
   * <pre>
   * m' = beta1 m + (1 - beta1) g,  v' = beta2 v + (1 - beta2) g^2
   * p' = p - rate (m'/(1 - beta1^t) / (sqrt(v'/(1 - beta2^t)) + eps) + decay p)
   * </pre>
   *
   * Operands p, gradient, m, v (one shape), rate f32 [], factor f32 [], step i32 []; results p',
   * m', v'.
   */
  record AdamW(double beta1, double beta2, double eps, double decay) implements Optimise {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 7);
      f32(in.get(0), "parameter");
      for (int i = 1; i < 4; i++) {
        same(in.get(0), in.get(i), "gradient, m and v");
      }
      same(TensorType.f32(), in.get(4), "rate");
      same(TensorType.f32(), in.get(5), "factor");
      same(TensorType.i32(), in.get(6), "step");
      return List.of(in.get(0), in.get(0), in.get(0));
    }
  }
}
