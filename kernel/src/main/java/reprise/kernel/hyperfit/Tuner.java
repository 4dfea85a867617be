package reprise.kernel.hyperfit;

import java.util.List;
import java.util.function.Function;
import reprise.dsl.hyperfit.Tuning;
import reprise.kernel.generation.BaseModel;
import reprise.kernel.generation.Windows;
import reprise.kernel.run.TrainingLog;
import reprise.tensor.Backend;
import reprise.tensor.Session;
import reprise.tensor.SessionOptions;

/** One fit of a trained model to a set of windows, epoch by epoch. */
final class Tuner implements AutoCloseable {
  private final Windows set;
  private final Tuning tuning;
  private final long order;
  private final Session session;
  private int updates;
  private int epoch;
  private double loss = Double.NaN;

  /**
   * Opens the model with its trained weights and moments at zero.
   *
   * @param order which order of the data, for all epochs
   * @param threads of the session
   */
  Tuner(Backend backend, BaseModel model, Windows set, Tuning tuning, long order, int threads) {
    this.set = set;
    this.tuning = tuning;
    this.order = order;
    this.session =
        backend.open(
            TuningProgram.of(model.config(), tuning, set.size()),
            SessionOptions.seed(order).threads(threads));
    model.weights().forEach(session::write);
  }

  /** Whether all updates are done. */
  boolean done() {
    return updates >= tuning.updates();
  }

  /** Epochs begun so far. */
  int epoch() {
    return epoch;
  }

  /** Goes through the set once in a new order, or through what is left of the updates. */
  void epoch(TrainingLog log) {
    int context = set.context();
    int[] inputs = new int[set.size() * context + 1];
    int[] targets = new int[inputs.length];
    List<int[]> windows = set.shuffled(order, epoch);
    for (int w = 0; w < windows.size(); w++) {
      System.arraycopy(windows.get(w), 0, inputs, w * context, context);
      System.arraycopy(windows.get(w), 1, targets, w * context, context);
    }
    session.write("inputs", inputs);
    session.write("targets", targets);
    int steps = Math.min(tuning.updatesAnEpoch(set.size()), tuning.updates() - updates);
    loss = log.run(session, "tune_step", steps);
    updates += steps;
    epoch++;
  }

  /** Mean training loss of the last epoch, nats a token. */
  double loss() {
    return loss;
  }

  /** Weights by parameter name. */
  Function<String, float[]> weights() {
    return session::read;
  }

  /** SHA-256 of the weights. */
  String digest() {
    return session.digest();
  }

  @Override
  public void close() {
    session.close();
  }
}
