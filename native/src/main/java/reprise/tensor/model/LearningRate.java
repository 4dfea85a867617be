package reprise.tensor.model;

import reprise.tensor.ir.FunctionBuilder;
import reprise.tensor.ir.Optimise;
import reprise.tensor.ir.Update;
import reprise.tensor.ir.Value;

/** The learning rate over the steps of a run. */
public sealed interface LearningRate {
  /** The largest rate. */
  double peak();

  /** The rate of this step as a scalar; {@code steps} is the length of the whole run. */
  Value at(FunctionBuilder f, Value step, int steps);

  /**
   * Warm-up, then a decay that ends with the run.
   *
   * @param decay its shape
   * @param peak largest rate
   * @param floor rate at the end
   * @param warmup steps of linear warm-up
   * @param cooldown last steps that decay, for warm-up-stable-decay
   */
  record Scheduled(Optimise.Decay decay, double peak, double floor, int warmup, int cooldown)
      implements LearningRate {
    @Override
    public Value at(FunctionBuilder f, Value step, int steps) {
      return f.apply(new Optimise.Schedule(decay, peak, floor, warmup, steps, cooldown), step);
    }
  }

  /** A rule with a length of its own, see {@link Update.Rule}. */
  record Ruled(Update.Rule rule, double peak, double floor, double factor, int warmup, int period)
      implements LearningRate {
    @Override
    public Value at(FunctionBuilder f, Value step, int steps) {
      return f.apply(new Update.RateDecay(rule, peak, floor, factor, warmup, period), step);
    }
  }

  /**
   * Another rate times a scalar of the session, so that members of a group may differ in it.
   *
   * @param shape the rate it multiplies
   * @param setting name of an f32 scalar state
   */
  record Multiplied(LearningRate shape, String setting) implements LearningRate {
    @Override
    public double peak() {
      return shape.peak();
    }

    @Override
    public Value at(FunctionBuilder f, Value step, int steps) {
      return shape.at(f, step, steps).mul(f.read(setting));
    }
  }

  /** The same rate in every step. */
  static LearningRate constant(double rate) {
    return new Scheduled(Optimise.Decay.CONSTANT, rate, 0, 0, 0);
  }

  /** Half a cosine from the peak to 0. */
  static LearningRate cosine(double peak, int warmup) {
    return new Scheduled(Optimise.Decay.COSINE, peak, 0, warmup, 0);
  }

  /** A straight line from the peak to 0. */
  static LearningRate linear(double peak, int warmup) {
    return new Scheduled(Optimise.Decay.LINEAR, peak, 0, warmup, 0);
  }

  /** Warm-up, plateau, and a straight line to 0 over the last {@code cooldown} steps. */
  static LearningRate stable(double peak, int warmup, int cooldown) {
    return new Scheduled(Optimise.Decay.WARMUP_STABLE_DECAY, peak, 0, warmup, cooldown);
  }

  /** Multiplied by {@code factor} every {@code period} steps. */
  static LearningRate steps(double peak, double factor, int period) {
    return new Ruled(Update.Rule.STEPS, peak, 0, factor, 0, period);
  }

  /** Up to the peak over {@code warmup} steps, then with the inverse root of the step. */
  static LearningRate inverseSqrt(double peak, int warmup) {
    return new Ruled(Update.Rule.INVERSE_SQRT, peak, 0, 1, warmup, Math.max(1, warmup));
  }

  /**
   * Cosine with warm restarts: the first after {@code period} steps, each {@code factor} longer.
   */
  static LearningRate restarts(double peak, double floor, int period, double factor) {
    return new Ruled(Update.Rule.RESTARTS, peak, floor, factor, 0, period);
  }

  /** One cycle: from peak/{@code factor} up over {@code warmup} steps, down to 0 over the rest. */
  static LearningRate oneCycle(double peak, double factor, int warmup, int steps) {
    return new Ruled(
        Update.Rule.ONE_CYCLE, peak, 0, factor, warmup, Math.max(1, steps - 1 - warmup));
  }
}
