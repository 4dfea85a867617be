package reprise.kernel.hyperfit;

import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import reprise.dsl.hyperfit.Tuning;
import reprise.kernel.generation.BaseModel;
import reprise.kernel.generation.Windows;
import reprise.kernel.run.TrainingLog;
import reprise.kernel.store.Resume;
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

  private Tuner(Windows set, Tuning tuning, long order, Session session) {
    this.set = set;
    this.tuning = tuning;
    this.order = order;
    this.session = session;
  }

  /**
   * Opens the model with its trained weights and moments at zero, or as it was when the run was
   * stopped in this fit.
   *
   * @param order which order of the data, for all epochs
   * @param begin steps of the run before this fit
   */
  static Tuner open(
      Backend backend,
      BaseModel model,
      Windows set,
      Tuning tuning,
      long order,
      TrainingLog log,
      int begin) {
    Session session =
        backend.open(
            TuningProgram.of(model.config(), tuning, set.size()),
            SessionOptions.seed(order).threads(log.threads()));
    model.weights().forEach(session::write);
    Tuner tuner = new Tuner(set, tuning, order, session);
    tuner.updates = log.enter(session, begin, tuning.updates());
    return tuner;
  }

  private int updatesAnEpoch() {
    return tuning.updatesAnEpoch(set.size());
  }

  /** Whether all updates are done. */
  boolean done() {
    return updates >= tuning.updates();
  }

  /** Whether an epoch has just ended. */
  boolean betweenEpochs() {
    return updates > 0 && updates % updatesAnEpoch() == 0;
  }

  /** Epochs that have ended. */
  int epochs() {
    return updates / updatesAnEpoch();
  }

  /**
   * Goes through the set once in a new order, or through what is left of the epoch or of the
   * updates.
   *
   * @param more adds what is needed to go on, should the run be stopped
   */
  void epoch(TrainingLog log, UnaryOperator<Resume> more) {
    int context = set.context();
    int[] inputs = new int[set.size() * context + 1];
    int[] targets = new int[inputs.length];
    List<int[]> windows = set.shuffled(order, epochs());
    for (int w = 0; w < windows.size(); w++) {
      System.arraycopy(windows.get(w), 0, inputs, w * context, context);
      System.arraycopy(windows.get(w), 1, targets, w * context, context);
    }
    session.write("inputs", inputs);
    session.write("targets", targets);
    int end = Math.min((epochs() + 1) * updatesAnEpoch(), tuning.updates());
    log.run(session, "tune_step", end - updates, more);
    updates = end;
  }

  /** Mean training loss of the last epoch, nats a token. */
  double loss(TrainingLog log) {
    return log.meanOfLast((updates - 1) % updatesAnEpoch() + 1);
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
