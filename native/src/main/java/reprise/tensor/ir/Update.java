package reprise.tensor.ir;

import static reprise.tensor.ir.TypeMismatch.count;
import static reprise.tensor.ir.TypeMismatch.f32;
import static reprise.tensor.ir.TypeMismatch.i32;
import static reprise.tensor.ir.TypeMismatch.require;
import static reprise.tensor.ir.TypeMismatch.same;
import static reprise.tensor.ir.TypeMismatch.scalar;

import java.util.ArrayList;
import java.util.List;

/**
 * One step of an optimiser on one parameter tensor, and learning-rate rules beyond {@link
 * Optimise.Schedule}; not differentiable. In all of them g = factor x gradient, where the factor
 * (clipping, unscaling) and the learning rate are f32 scalars computed in the program. Results are
 * the new parameter and then the new moments, in the order of the operands.
 */
public sealed interface Update extends Op {
  /**
   * Stochastic gradient descent; heavy ball (Polyak 1964) or Nesterov's form (Sutskever et al.
   * 2013) with momentum:
   *
   * <pre>
   * g' = g + decay p,  b' = momentum b + g'
   * p' = p - rate b', or p - rate (g' + momentum b') for Nesterov, or p - rate g' without momentum
   * </pre>
   *
   * Operands p, gradient, b (only with momentum), rate, factor.
   */
  record Sgd(double momentum, boolean nesterov, double decay) implements Update {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      require(
          momentum >= 0 && momentum < 1 && !(nesterov && momentum == 0),
          "a momentum in [0, 1), above 0 for Nesterov's form",
          this);
      return moments(in, momentum > 0 ? 1 : 0, false);
    }
  }

  /**
   * Adam with L2 regularisation (Kingma and Ba 2015, algorithm 1): as {@link Optimise.AdamW} but
   * the decay is added to the gradient, g' = g + decay p, and passes through the moments. Operands
   * p, gradient, m, v, rate, factor, step.
   */
  record Adam(double beta1, double beta2, double eps, double decay) implements Update {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      share(beta1, "beta1", this);
      share(beta2, "beta2", this);
      return moments(in, 2, true);
    }
  }

  /**
   * Lion (Chen et al. 2023, algorithm 2): p' = p - rate (sign(beta1 m + (1 - beta1) g) + decay p),
   * m' = beta2 m + (1 - beta2) g. Operands p, gradient, m, rate, factor.
   */
  record Lion(double beta1, double beta2, double decay) implements Update {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      share(beta1, "beta1", this);
      share(beta2, "beta2", this);
      return moments(in, 1, false);
    }
  }

  /**
   * RMSProp (Tieleman and Hinton 2012, lecture 6.5) with L2 regularisation:
   *
   * <pre>
   * g' = g + decay p,  v' = alpha v + (1 - alpha) g'^2,  u = g' / (sqrt(v') + eps)
   * p' = p - rate u, or with momentum b' = momentum b + u and p' = p - rate b'
   * </pre>
   *
   * Operands p, gradient, v, b (only with momentum), rate, factor.
   */
  record RmsProp(double alpha, double eps, double momentum, double decay) implements Update {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      share(alpha, "alpha", this);
      share(momentum, "momentum", this);
      return moments(in, momentum > 0 ? 2 : 1, false);
    }
  }

  /**
   * Adafactor (Shazeer and Stern 2018, algorithms 4 and 5). With t = step + 1 and b = 1 - t^-power,
   * over the last two axes of p:
   *
   * <pre>
   * r' = b r + (1 - b) mean over columns of (g^2 + eps1),  c' = same with the mean over rows
   * u = g / sqrt(r' c' / mean(r')),  u' = u / max(1, rms(u)/clip)
   * p' = p - size u' - rate decay p,  size = rate max(eps2, rms(p)) if relative, else rate
   * </pre>
   *
   * A vector or scalar keeps v' = b v + (1 - b) (g^2 + eps1) in full and u = g / sqrt(v'). Operands
   * p [.., n, m], gradient, r [.., n], c [.., m] (or v of the shape of p), rate, factor, step i32.
   */
  record Adafactor(
      double eps1, double eps2, double clip, double power, double decay, boolean relative)
      implements Update {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      require(!in.isEmpty(), "a parameter", in);
      TensorType p = in.get(0);
      f32(p, "parameter");
      List<TensorType> kept = moments(p);
      count(in, kept.size() + 5);
      same(p, in.get(1), "gradient");
      for (int i = 0; i < kept.size(); i++) {
        same(kept.get(i), in.get(2 + i), "second moments");
      }
      rates(in, 2 + kept.size(), true);
      List<TensorType> out = new ArrayList<>(kept);
      out.addFirst(p);
      return out;
    }

    /** The types of what is kept for a parameter: row and column means, or all of it. */
    public static List<TensorType> moments(TensorType p) {
      int rank = p.shape().rank();
      if (rank < 2) {
        return List.of(p);
      }
      List<Integer> columns = new ArrayList<>(p.shape().dims());
      columns.remove(rank - 2);
      return List.of(p.withShape(p.shape().withoutLast()), p.withShape(new Shape(columns)));
    }
  }

  /** How {@link RateDecay} goes on after its warm-up. */
  enum Rule {
    /** peak factor^floor((s - warmup)/period), not below the floor. */
    STEPS,
    /**
     * peak sqrt(period / max(period, s + 1)), not below the floor: with period = warmup that of
     * Vaswani et al. 2017, section 5.3; with warmup 0 a plateau of {@code period} steps.
     */
    INVERSE_SQRT,
    /**
     * Half cosines from peak to floor, the i-th over period factor^i steps (Loshchilov and Hutter
     * 2017, section 3: warm restarts); factor 1 or more.
     */
    RESTARTS,
    /**
     * Warm-up by half a cosine from peak/factor, then half a cosine to the floor over period steps
     * (Smith and Topin 2019: one cycle).
     */
    ONE_CYCLE
  }

  /**
   * Learning rate from a step counter s = 0, 1, ..: for s below warmup, peak (s + 1)/warmup (but
   * see {@link Rule#ONE_CYCLE}), then by rule. Operand step i32 [].
   */
  record RateDecay(Rule rule, double peak, double floor, double factor, int warmup, int period)
      implements Update {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 1);
      i32(in.get(0), "step");
      scalar(in.get(0), "step");
      require(
          warmup >= 0 && period >= 1 && factor > 0 && (rule != Rule.RESTARTS || factor >= 1),
          "0 <= warmup, 1 <= period, 0 < factor (1 or more for restarts)",
          this);
      return List.of(TensorType.f32());
    }
  }

  private static void share(double x, String name, Update op) {
    require(x >= 0 && x < 1, name + " in [0, 1)", op);
  }

  /** The rule of p, gradient, some moments of p's type, rate, factor, and perhaps the step. */
  private static List<TensorType> moments(List<TensorType> in, int moments, boolean step) {
    count(in, 4 + moments + (step ? 1 : 0));
    f32(in.get(0), "parameter");
    same(in.get(0), in.get(1), "gradient");
    List<TensorType> out = new ArrayList<>(List.of(in.get(0)));
    for (int i = 0; i < moments; i++) {
      same(in.get(0), in.get(2 + i), "moments");
      out.add(in.get(0));
    }
    rates(in, 2 + moments, step);
    return out;
  }

  private static void rates(List<TensorType> in, int at, boolean step) {
    same(TensorType.f32(), in.get(at), "rate");
    same(TensorType.f32(), in.get(at + 1), "factor");
    if (step) {
      same(TensorType.i32(), in.get(at + 2), "step");
    }
  }
}
