package reprise.tensor.model;

import java.util.ArrayList;
import java.util.List;
import reprise.tensor.ir.FunctionBuilder;
import reprise.tensor.ir.Op;
import reprise.tensor.ir.Optimise;
import reprise.tensor.ir.TensorType;
import reprise.tensor.ir.Update;
import reprise.tensor.ir.Value;

/**
 * How a parameter follows its gradient. Learning rate, clipping and the choice of what decays stand
 * in {@link Training}; formulas stand at the operations in {@link Update} and {@link
 * Optimise.AdamW}.
 */
public sealed interface Optimiser {
  /** State kept for one parameter: {@code <name>.<parameter>}. */
  record Moment(String name, TensorType type) {}

  /** What is kept for a parameter of this type, in the order {@link #step} takes and gives it. */
  List<Moment> moments(TensorType parameter);

  /** Weight decay, for the parameters that decay. */
  double decay();

  /** The same with another weight decay. */
  Optimiser decay(double value);

  /** The operation of one step, and whether it counts steps. */
  Op operation(boolean decays);

  /** Whether {@link #operation} takes the step counter as its last operand. */
  default boolean counts() {
    return false;
  }

  /** The parameter after the step, then its moments. */
  default List<Value> step(
      FunctionBuilder f,
      Value parameter,
      Value gradient,
      List<Value> moments,
      Value rate,
      Value factor,
      Value step,
      boolean decays) {
    List<Value> in = new ArrayList<>(List.of(parameter, gradient));
    in.addAll(moments);
    in.add(rate);
    in.add(factor);
    if (counts()) {
      in.add(step);
    }
    return f.applyAll(operation(decays), in.toArray(Value[]::new));
  }

  /** Adam with decoupled weight decay (Loshchilov and Hutter 2019). */
  record AdamW(double beta1, double beta2, double eps, double decay) implements Optimiser {
    @Override
    public List<Moment> moments(TensorType p) {
      return List.of(new Moment("adam.m", p), new Moment("adam.v", p));
    }

    @Override
    public Optimiser decay(double value) {
      return new AdamW(beta1, beta2, eps, value);
    }

    @Override
    public Op operation(boolean decays) {
      return new Optimise.AdamW(beta1, beta2, eps, decays ? decay : 0);
    }

    @Override
    public boolean counts() {
      return true;
    }
  }

  /** Adam with L2 regularisation (Kingma and Ba 2015). */
  record Adam(double beta1, double beta2, double eps, double decay) implements Optimiser {
    @Override
    public List<Moment> moments(TensorType p) {
      return List.of(new Moment("adam.m", p), new Moment("adam.v", p));
    }

    @Override
    public Optimiser decay(double value) {
      return new Adam(beta1, beta2, eps, value);
    }

    @Override
    public Op operation(boolean decays) {
      return new Update.Adam(beta1, beta2, eps, decays ? decay : 0);
    }

    @Override
    public boolean counts() {
      return true;
    }
  }

  /** Stochastic gradient descent, with momentum 0 without a moment. */
  record Sgd(double momentum, boolean nesterov, double decay) implements Optimiser {
    @Override
    public List<Moment> moments(TensorType p) {
      return momentum > 0 ? List.of(new Moment("sgd.b", p)) : List.of();
    }

    @Override
    public Optimiser decay(double value) {
      return new Sgd(momentum, nesterov, value);
    }

    @Override
    public Op operation(boolean decays) {
      return new Update.Sgd(momentum, nesterov, decays ? decay : 0);
    }
  }

  /** Lion (Chen et al. 2023). */
  record Lion(double beta1, double beta2, double decay) implements Optimiser {
    @Override
    public List<Moment> moments(TensorType p) {
      return List.of(new Moment("lion.m", p));
    }

    @Override
    public Optimiser decay(double value) {
      return new Lion(beta1, beta2, value);
    }

    @Override
    public Op operation(boolean decays) {
      return new Update.Lion(beta1, beta2, decays ? decay : 0);
    }
  }

  /** RMSProp (Tieleman and Hinton 2012), with momentum 0 without a second moment. */
  record RmsProp(double alpha, double eps, double momentum, double decay) implements Optimiser {
    @Override
    public List<Moment> moments(TensorType p) {
      Moment v = new Moment("rmsprop.v", p);
      return momentum > 0 ? List.of(v, new Moment("rmsprop.b", p)) : List.of(v);
    }

    @Override
    public Optimiser decay(double value) {
      return new RmsProp(alpha, eps, momentum, value);
    }

    @Override
    public Op operation(boolean decays) {
      return new Update.RmsProp(alpha, eps, momentum, decays ? decay : 0);
    }
  }

  /** Adafactor without first moment (Shazeer and Stern 2018). */
  record Adafactor(
      double eps1, double eps2, double clip, double power, double decay, boolean relative)
      implements Optimiser {
    /** The constants of the paper, section 8: 1e-30, 1e-3, clip 1, power 0.8, relative steps. */
    public static Adafactor paper() {
      return new Adafactor(1e-30, 1e-3, 1, 0.8, 0, true);
    }

    @Override
    public List<Moment> moments(TensorType p) {
      List<TensorType> types = Update.Adafactor.moments(p);
      return types.size() == 1
          ? List.of(new Moment("adafactor.v", types.get(0)))
          : List.of(
              new Moment("adafactor.r", types.get(0)), new Moment("adafactor.c", types.get(1)));
    }

    @Override
    public Optimiser decay(double value) {
      return new Adafactor(eps1, eps2, clip, power, value, relative);
    }

    @Override
    public Op operation(boolean decays) {
      return new Update.Adafactor(eps1, eps2, clip, power, decays ? decay : 0, relative);
    }

    @Override
    public boolean counts() {
      return true;
    }
  }
}
