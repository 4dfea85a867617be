package reprise.kernel.knowledge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import reprise.dsl.knowledge.CapacityMeasures;
import reprise.dsl.knowledge.CapacityTask;
import reprise.dsl.knowledge.Precision;
import reprise.dsl.result.Measure;
import reprise.dsl.result.Reading;
import reprise.dsl.result.Readings;
import reprise.dsl.result.RunOutcome;
import reprise.kernel.run.RunContext;
import reprise.kernel.run.TrainingLog;
import reprise.tensor.Checkpoint;
import reprise.tensor.NativeFailure;
import reprise.tensor.RunReport;
import reprise.tensor.Session;
import reprise.tensor.SessionOptions;
import reprise.tensor.ir.Grid;
import reprise.tensor.model.FactModel;

/** One run: teaches, reads at every precision, takes the digest of what was trained. */
final class CapacityRun {
  private final CapacityTask task;
  private final RunContext context;

  CapacityRun(CapacityTask task, RunContext context) {
    this.task = task;
    this.context = context;
  }

  /** Carries it out. */
  RunOutcome run() {
    TrainingLog log =
        new TrainingLog(task, context, "a lower learning rate than " + task.peakRate());
    try (Session session =
            context
                .backend()
                .open(
                    CapacityCompiler.program(task),
                    SessionOptions.seed(task.seed()).threads(log.threads()));
        var _ = context.onCancel(session::cancel)) {
      CapacityCompiler.tables(task).write(session);
      session.run("initialise", 1).orThrow();
      log.train(session, "train_step");
      String digest = session.digest();
      Readings readings = read(session);
      return new RunOutcome.Finished<>(
          task, lastExposure(log.losses()), log.curve(), readings, log.seconds(), digest);
    } catch (TrainingLog.Ended | NativeFailure | IllegalStateException failure) {
      return new RunOutcome.Failed(task, failure.getMessage());
    }
  }

  /** Mean training loss of the steps in which everyone is met for the last time. */
  private double lastExposure(float[] losses) {
    int from = losses.length - Math.max(1, losses.length / task.exposures());
    double sum = 0;
    for (int i = from; i < losses.length; i++) {
      sum += losses[i];
    }
    return sum / (losses.length - from);
  }

  /** Reads what is known at every precision; the session ends as trained. */
  private Readings read(Session session) {
    Checkpoint trained = session.export();
    List<Reading> all = new ArrayList<>();
    for (Precision at : task.reads()) {
      switch (at) {
        case FLOAT32 -> {}
        case INT8 -> session.run("round_int8", 1).orThrow();
        case INT4 -> session.run("round_int4", 1).orThrow();
        case GPTQ_INT8 -> new Gptq(session, Grid.INT8).round();
        case GPTQ_INT4 -> new Gptq(session, Grid.INT4).round();
      }
      all.addAll(recite(session, at.word()));
      session.restore(trained);
    }
    return Readings.of(all);
  }

  /** p_1 and p_2 as definitions 4.1 and 4.3 say: means over people, over values or their sum. */
  private List<Reading> recite(Session session, String at) {
    int people = task.facts().people();
    RunReport report =
        session.run("recite", FactModel.reciteSteps(people, CapacityTask.PASSES)).orThrow();
    double texts = sum(report, "recited");
    double values = texts * (task.facts().sumsAttributes() ? 1 : task.facts().attributes());
    return List.of(
        reading(CapacityMeasures.NAME_LOSS, at, sum(report, "name") / texts),
        reading(CapacityMeasures.VALUE_LOSS, at, sum(report, "value") / values),
        reading(CapacityMeasures.FIRST_CHUNK_LOSS, at, sum(report, "first") / values),
        reading(
            CapacityMeasures.VALUES_RIGHT,
            at,
            sum(report, "right") / (texts * task.facts().attributes())));
  }

  private static Reading reading(Measure measure, String at, double value) {
    return new Reading(measure, at, value);
  }

  private static double sum(RunReport report, String output) {
    float[] series = report.series(output);
    double[] wide = new double[series.length];
    Arrays.setAll(wide, i -> series[i]);
    return Arrays.stream(wide).sum();
  }
}
