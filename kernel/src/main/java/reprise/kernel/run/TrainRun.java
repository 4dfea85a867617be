package reprise.kernel.run;

import java.util.Arrays;
import reprise.dsl.plan.TrainTask;
import reprise.dsl.result.LossCurve;
import reprise.dsl.result.RunOutcome;
import reprise.kernel.compile.Compiled;
import reprise.tensor.Backend;
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
  private final Backend backend;
  private volatile Session session;
  private volatile boolean cancelled;

  TrainRun(Compiled compiled, Backend backend) {
    this.compiled = compiled;
    this.backend = backend;
  }

  /** Ends the run after the step at hand. */
  void cancel() {
    cancelled = true;
    Session open = session;
    if (open != null) {
      open.cancel();
    }
  }

  /** Is told about a run in progress. */
  interface Listener {
    /**
     * Some steps were done.
     *
     * @param steps since it was last told
     * @param loss of the last of them
     */
    void advanced(int steps, double loss);
  }

  /** Carries it out. */
  RunOutcome run(Listener listener) {
    TrainTask task = compiled.task();
    long start = System.nanoTime();
    float[] losses = new float[task.steps()];
    try (Session opened = backend.open(compiled.program(), SessionOptions.seed(task.seed()))) {
      session = opened;
      compiled.prepare(opened);
      int done = 0;
      while (done < losses.length) {
        if (cancelled) {
          return new RunOutcome.Failed(task, "cancelled at step " + done);
        }
        int chunk = Math.min(STEPS_A_CALL, losses.length - done);
        RunReport report = opened.run("train_step", chunk);
        float[] series = report.series("loss");
        System.arraycopy(series, 0, losses, done, report.done());
        done += report.done();
        listener.advanced(report.done(), done == 0 ? Double.NaN : losses[done - 1]);
        if (report.end() instanceof RunReport.NonFinite broken) {
          return new RunOutcome.Failed(
              task,
              broken.output()
                  + " is "
                  + broken.value()
                  + " at step "
                  + done
                  + " of "
                  + losses.length
                  + "; a lower learning rate than "
                  + task.peakRate()
                  + " may help");
        }
      }
      double loss = compiled.evaluate(opened);
      double seconds = (System.nanoTime() - start) / 1e9;
      return new RunOutcome.Finished(task, loss, curve(losses), seconds, opened.digest());
    } catch (NativeFailure | IllegalStateException failure) {
      return new RunOutcome.Failed(task, failure.getMessage());
    } finally {
      session = null;
    }
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
