package reprise.kernel.knowledge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import reprise.dsl.knowledge.CapacityMeasures;
import reprise.dsl.knowledge.CapacityTask;
import reprise.dsl.knowledge.Precision;
import reprise.dsl.result.Measure;
import reprise.dsl.result.Reading;
import reprise.dsl.result.Readings;
import reprise.dsl.result.RunOutcome;
import reprise.kernel.run.LossBins;
import reprise.kernel.run.RunContext;
import reprise.kernel.store.Resume;
import reprise.tensor.Checkpoint;
import reprise.tensor.NativeFailure;
import reprise.tensor.RunReport;
import reprise.tensor.Session;
import reprise.tensor.SessionOptions;
import reprise.tensor.ir.Grid;
import reprise.tensor.model.FactModel;

/** One run: teaches, reads at every precision, takes the digest of what was trained. */
final class CapacityRun {
  /** Steps of one call of the backend: long enough to stay there, short enough to show progress. */
  private static final int STEPS_A_CALL = 256;

  private final CapacityTask task;
  private final RunContext context;

  CapacityRun(CapacityTask task, RunContext context) {
    this.task = task;
    this.context = context;
  }

  /** Carries it out. */
  RunOutcome run() {
    Optional<Resume> kept = context.resume(task);
    long start = System.nanoTime() - (long) (1e9 * kept.map(Resume::seconds).orElse(0.0));
    float[] losses = new float[task.steps()];
    try (Session session =
            context
                .backend()
                .open(CapacityCompiler.program(task), SessionOptions.seed(task.seed()));
        var _ = context.onCancel(session::cancel)) {
      CapacityCompiler.tables(task).write(session);
      session.run("initialise", 1).orThrow();
      int done = 0;
      if (kept.isPresent()) {
        session.restore(kept.get().state());
        float[] before = kept.get().series("loss");
        System.arraycopy(before, 0, losses, 0, before.length);
        done = kept.get().step();
      }
      while (done < losses.length) {
        if (context.cancelled()) {
          return new RunOutcome.Failed(task, "cancelled at step " + done);
        }
        RunReport report = session.run("train_step", Math.min(STEPS_A_CALL, losses.length - done));
        System.arraycopy(report.series("loss"), 0, losses, done, report.done());
        done += report.done();
        context.progress(task, report.done(), done == 0 ? Double.NaN : losses[done - 1]);
        if (report.end() instanceof RunReport.NonFinite broken) {
          return new RunOutcome.Failed(task, notFinite(broken, done));
        }
        int now = done;
        context.keep(
            task,
            () ->
                Resume.at(now, (System.nanoTime() - start) / 1e9, session)
                    .series("loss", Arrays.copyOf(losses, now)));
      }
      String digest = session.digest();
      Readings readings = read(session);
      double seconds = (System.nanoTime() - start) / 1e9;
      return new RunOutcome.Finished<>(
          task, lastExposure(losses), LossBins.curve(losses), readings, seconds, digest);
    } catch (NativeFailure | IllegalStateException failure) {
      return new RunOutcome.Failed(task, failure.getMessage());
    }
  }

  private String notFinite(RunReport.NonFinite broken, int done) {
    return broken.output()
        + " is "
        + broken.value()
        + " at step "
        + done
        + " of "
        + task.steps()
        + "; a lower learning rate than "
        + task.peakRate()
        + " may help";
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
