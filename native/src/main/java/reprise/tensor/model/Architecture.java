package reprise.tensor.model;

import java.util.List;
import reprise.tensor.ir.FunctionBuilder;
import reprise.tensor.ir.Shape;
import reprise.tensor.ir.Value;

/**
 * A net from examples to logits, to be trained by {@link Classifier}. Users may write their own.
 */
public interface Architecture {
  /** What the net is run for; decides where batch normalisation takes its statistics. */
  enum Mode {
    /** Statistics of the batch; running ones follow with momentum 0.1. */
    TRAIN,
    /** Running statistics, nothing changes. */
    EVALUATE,
    /** Statistics of the batch; running ones become the mean over the steps of the call. */
    ESTIMATE
  }

  /**
   * A running mean and variance of one normalisation: states {@code name.mean} and {@code
   * name.variance}.
   */
  record Statistic(String name, int channels) {}

  /** Trained tensors for examples of a shape (without the batch) and a number of classes. */
  List<Weight> weights(Shape input, int classes);

  /** Running statistics; none by default. */
  default List<Statistic> statistics() {
    return List.of();
  }

  /** Logits [B, classes] of examples [B, ..]. */
  Value logits(FunctionBuilder f, Value x, Mode mode);

  /** Trained parameters. */
  default long parameters(Shape input, int classes) {
    return weights(input, classes).stream().mapToLong(w -> w.shape().size()).sum();
  }
}
