package reprise.kernel.zoo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import reprise.dsl.zoo.Descent;
import reprise.tensor.Backend;
import reprise.tensor.Group;
import reprise.tensor.MemberReport;
import reprise.tensor.Phases;
import reprise.tensor.RunControl;
import reprise.tensor.RunReport;
import reprise.tensor.Session;
import reprise.tensor.SessionOptions;
import reprise.tensor.ir.Examples;
import reprise.tensor.ir.Program;
import reprise.tensor.ir.Shape;
import reprise.tensor.model.Architecture;
import reprise.tensor.model.Classifier;
import reprise.tensor.model.ExampleSet;
import reprise.tensor.model.LearningRate;
import reprise.tensor.model.Optimiser;
import reprise.tensor.model.Training;

/**
 * Trains the seeds of one cell as a native group: one downcall for all epochs of all seeds,
 * evaluations after each epoch included.
 *
 * @param net what is trained
 * @param descent how
 * @param examples on what
 */
public record CellTraining(Architecture net, Descent descent, ZooExamples examples) {
  /**
   * One epoch of one member.
   *
   * @param trainLoss nats per example, after the epoch, over the whole training set
   * @param trainAccuracy share
   * @param testLoss nats per example
   * @param testAccuracy share
   */
  public record Epoch(
      double trainLoss, double trainAccuracy, double testLoss, double testAccuracy) {}

  /** A trained member, or why it is not one. */
  public sealed interface Member {}

  /**
   * A trained member.
   *
   * @param model its weights at the end
   * @param epochs one an epoch
   * @param kept weights after each epoch; empty unless asked for
   * @param digest of the weights
   */
  public record Trained(ZooModel model, List<Epoch> epochs, List<ZooModel> kept, String digest)
      implements Member {
    public Trained {
      epochs = List.copyOf(epochs);
      kept = List.copyOf(kept);
    }

    /** After the last epoch. */
    public Epoch last() {
      return epochs.getLast();
    }
  }

  /** A member that met a number that is not finite. */
  public record Diverged(String reason) implements Member {}

  /** The program of every member. */
  public Program program() {
    int steps = descent.epochs() * descent.stepsPerEpoch(examples.train());
    Training training =
        new Training(
            descent.batch(),
            steps,
            LearningRate.constant(descent.rate()),
            new Optimiser.Sgd(descent.momentum(), false, descent.weightDecay()),
            0,
            0,
            List.of());
    return Classifier.program(net, training, set());
  }

  /** Sizes of the examples; incomplete batches are passed over. */
  ExampleSet set() {
    return ExampleSet.of(
            examples.train(), examples.test(), Shape.of(examples.features()), examples.classes())
        .order(Examples.Order.SHUFFLED_WHOLE_BATCHES);
  }

  /** Opens the members; what runs them may cancel or watch the group. */
  public Group open(Backend backend, List<Long> seeds, int threads) {
    List<SessionOptions> members = seeds.stream().map(SessionOptions::seed).toList();
    Group group = backend.openGroup(program(), members, threads);
    group.share("train_x", examples.trainX());
    group.share("train_y", examples.trainY());
    group.share("test_x", examples.testX());
    group.share("test_y", examples.testY());
    return group;
  }

  /**
   * Trains all members of an open group from their initialisation.
   *
   * @param keep whether weights after each epoch are kept
   */
  public List<Member> train(Group group, boolean keep) {
    group.run("initialise", 1).forEach(MemberReport::orThrow);
    return train(group, descent.epochs(), keep);
  }

  /** Goes on for some epochs from what the members hold. */
  public List<Member> train(Group group, int epochs, boolean keep) {
    ExampleSet set = set();
    Phases phases =
        Phases.of("train_step", descent.stepsPerEpoch(examples.train()))
            .then("evaluate_train", set.trainSteps())
            .then("evaluate", set.testSteps())
            .repeat(epochs);
    List<MemberReport> reports =
        group.run(keep ? phases.keepingParameters() : phases, RunControl.DEFAULT);
    List<Member> members = new ArrayList<>();
    for (int m = 0; m < reports.size(); m++) {
      members.add(member(reports.get(m), group.members().get(m), epochs));
    }
    return members;
  }

  private static Member member(MemberReport report, Session session, int epochs) {
    if (!(report.end() instanceof RunReport.Completed)) {
      return new Diverged(report.end() + (report.node().isEmpty() ? "" : " at " + report.node()));
    }
    List<Epoch> history = new ArrayList<>();
    RunReport train = report.phase("evaluate_train");
    RunReport test = report.phase("evaluate");
    for (int e = 0; e < epochs; e++) {
      history.add(
          new Epoch(
              share(train, "loss_sum", e, epochs),
              share(train, "correct", e, epochs),
              share(test, "loss_sum", e, epochs),
              share(test, "correct", e, epochs)));
    }
    List<ZooModel> kept = report.kept().stream().map(ZooModel::new).toList();
    return new Trained(weights(session), history, kept, session.digest());
  }

  /** The weights that a session holds. */
  static ZooModel weights(Session session) {
    Map<String, float[]> weights = new java.util.LinkedHashMap<>();
    session.program().states().values().stream()
        .filter(s -> s.kind() == reprise.tensor.ir.State.Kind.PARAMETER)
        .forEach(s -> weights.put(s.name(), session.read(s.name())));
    return new ZooModel(weights);
  }

  /** The mean over the examples of one evaluation among equally many steps each. */
  private static double share(RunReport all, String output, int at, int evaluations) {
    float[] values = all.series(output);
    float[] counts = all.series("count");
    int steps = counts.length / evaluations;
    double sum = 0;
    double count = 0;
    for (int i = at * steps; i < (at + 1) * steps; i++) {
      sum += values[i];
      count += counts[i];
    }
    return sum / count;
  }
}
