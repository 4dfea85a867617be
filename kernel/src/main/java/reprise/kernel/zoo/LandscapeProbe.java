package reprise.kernel.zoo;

import reprise.dsl.zoo.Probing;
import reprise.tensor.Backend;
import reprise.tensor.RunReport;
import reprise.tensor.Session;
import reprise.tensor.SessionOptions;
import reprise.tensor.curvature.Curvature;
import reprise.tensor.curvature.Eigenvalue;
import reprise.tensor.curvature.Spectrum;
import reprise.tensor.curvature.Trace;
import reprise.tensor.model.Architecture;
import reprise.tensor.model.Weight;

/** Measures models of one net on one data set in one native session; used from one thread. */
public final class LandscapeProbe implements AutoCloseable {
  private static final long SEED = 1_000_003;

  /** Most batches of test examples that similarity is averaged over (2504.18072, code). */
  private static final int MOST_BATCHES = 10;

  private final LandscapeProgram plan;
  private final Curvature curvature;
  private final Session session;

  /** Opens the session; what runs it may watch it. */
  public LandscapeProbe(Backend backend, Architecture net, ZooExamples examples, Probing probing) {
    plan = new LandscapeProgram(net, examples, probing);
    curvature = plan.curvature();
    session = backend.open(plan.build(), SessionOptions.seed(SEED));
    session.write("train_x", examples.trainX());
    session.write("train_y", examples.trainY());
    session.write("test_x", examples.testX());
    session.write("test_y", examples.testY());
    session.write("probe_x", examples.firstTrain(plan.samples()));
    session.write("probe_y", java.util.Arrays.copyOf(examples.trainY(), plan.samples()));
    session.write("mixed_x", Mixup.rows(examples, plan.mixedRows(), probing.mixup()));
  }

  /** What runs, for cancelling. */
  public Session session() {
    return session;
  }

  LandscapeProgram plan() {
    return plan;
  }

  /**
   * The shape of the loss around one model.
   *
   * @param largest eigenvalue of the Hessian of largest magnitude
   * @param trace of the Hessian
   * @param spectrum its density; empty where no Lanczos steps were asked for
   */
  public record Local(Eigenvalue largest, Trace trace, java.util.Optional<Spectrum> spectrum) {}

  /**
   * What a model answers.
   *
   * @param logits on test examples [n, classes]
   * @param mixed probabilities on mixed training examples [m, classes]
   */
  public record Answers(double[] logits, double[] mixed) {}

  /** Hessian measures at a model. */
  public Local local(ZooModel model) {
    load("", model);
    Probing probing = plan.probing();
    // the random vectors of a model do not depend on what was measured before
    session.write("curvature.probe", new int[1]);
    Eigenvalue largest = curvature.largest(session, probing.iterations(), probing.tolerance());
    Trace trace = curvature.trace(session, probing.signs());
    return new Local(
        largest,
        trace,
        probing.lanczos() == 0
            ? java.util.Optional.empty()
            : java.util.Optional.of(curvature.spectrum(session, 1)));
  }

  /** Outputs of a model. */
  public Answers answers(ZooModel model) {
    load("", model);
    session.run("test", 1).orThrow();
    double[] logits = LinearCka.wide(session.output("test", "logits"));
    session.run("mixed", 1).orThrow();
    int classes = plan.examples().classes();
    return new Answers(logits, LinearCka.softmax(session.output("mixed", "logits"), classes));
  }

  /** CKA of logits on test examples without mixup, mean over batches (2504.18072, code). */
  public double similarityOfLogits(Answers a, Answers b) {
    int batch = plan.probing().similarityBatch();
    int n = Math.min(plan.examples().test(), MOST_BATCHES * batch);
    int k = plan.examples().classes();
    return LinearCka.batched(
        java.util.Arrays.copyOf(a.logits(), n * k),
        java.util.Arrays.copyOf(b.logits(), n * k),
        n,
        batch);
  }

  /** CKA of probabilities on mixed training examples, mean over batches (2107.11228, code). */
  public double similarityOfMixed(Answers a, Answers b) {
    return LinearCka.batched(
        a.mixed(), b.mixed(), plan.mixedRows(), plan.probing().similarityBatch());
  }

  /** Training error of a model in percent. */
  public double trainError(ZooModel model) {
    load("", model);
    return error(session.run("train", 1).orThrow(), plan.examples().train());
  }

  /** Share of the test set that a model gets right. */
  public double testAccuracy(ZooModel model) {
    load("", model);
    return 1 - error(session.run("test", 1).orThrow(), plan.examples().test()) / 100;
  }

  double error(RunReport report, int examples) {
    return 100 * (1 - report.last("correct") / examples);
  }

  /** Writes weights into the states of this prefix. */
  void load(String prefix, ZooModel model) {
    for (Weight w : plan.weights()) {
      session.write(prefix + w.name(), model.weights().get(w.name()));
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
