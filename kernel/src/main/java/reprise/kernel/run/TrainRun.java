package reprise.kernel.run;

import java.util.Arrays;
import reprise.dsl.plan.TrainTask;
import reprise.dsl.result.LossCurve;
import reprise.dsl.result.RunOutcome;
import reprise.kernel.compile.Compiled;
import reprise.tensor.NativeFailure;
import reprise.tensor.RunReport;
import reprise.tensor.Session;
import reprise.tensor.SessionOptions;

/**
 * One training run: opens a session, trains in calls of many steps, evaluates, takes the digest.
 */
final class TrainRun {
  /** Steps of one call of the backend: long enough to stay there, short enough to show progress. */
  private static final int STEPS_A_CALL = 128;

  /** Points of a loss curve, spaced evenly in log steps. */
  private static final int CURVE_POINTS = 80;

  private final Compiled compiled;
  private final RunContext context;

  TrainRun(Compiled compiled, RunContext context) {
    this.compiled = compiled;
    this.context = context;
  }

  /** Carries it out. */
  RunOutcome run() {
    TrainTask task = compiled.task();
    long start = System.nanoTime();
    float[] losses = new float[task.steps()];
    try (Session session =
            context.backend().open(compiled.program(), SessionOptions.seed(task.seed()));
        var _ = context.onCancel(session::cancel)) {
      compiled.prepare(session);
      int done = 0;
      while (done < losses.length) {
        if (context.cancelled()) {
          return new RunOutcome.Failed(task, "cancelled at step " + done);
        }
        int chunk = Math.min(STEPS_A_CALL, losses.length - done);
        RunReport report = session.run("train_step", chunk);
        float[] series = report.series("loss");
        System.arraycopy(series, 0, losses, done, report.done());
        done += report.done();
        context.progress(task, report.done(), done == 0 ? Double.NaN : losses[done - 1]);
        if (report.end() instanceof RunReport.NonFinite broken) {
          return new RunOutcome.Failed(task, notFinite(broken, done));
        }
      }
      double loss = compiled.evaluate(session);
      double seconds = (System.nanoTime() - start) / 1e9;
      return new RunOutcome.Finished<>(task, loss, curve(losses), seconds, session.digest());
    } catch (NativeFailure | IllegalStateException failure) {
      return new RunOutcome.Failed(task, failure.getMessage());
    }
  }

  private String notFinite(RunReport.NonFinite broken, int done) {
    TrainTask task = compiled.task();
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

  // mean loss of log-spaced bins, so that a long run's curve stays short
  private static LossCurve curve(float[] losses) {
    int[] steps = new int[CURVE_POINTS];
    double[] means = new double[CURVE_POINTS];
    int points = 0;
    int from = 0;
    for (int bin = 1; bin <= CURVE_POINTS; bin++) {
      int to = (int) Math.round(Math.exp(Math.log(losses.length) * bin / CURVE_POINTS));
      if (to <= from) {
        continue;
      }
      double sum = 0;
      for (int i = from; i < to; i++) {
        sum += losses[i];
      }
      steps[points] = to;
      means[points] = sum / (to - from);
      points++;
      from = to;
    }
    return new LossCurve(Arrays.copyOf(steps, points), Arrays.copyOf(means, points));
  }
}
