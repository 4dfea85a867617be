package reprise.kernel.generation;

import java.util.Arrays;
import reprise.dsl.plan.Task;
import reprise.dsl.result.LossCurve;
import reprise.kernel.run.LossBins;
import reprise.kernel.run.RunContext;
import reprise.tensor.RunReport;
import reprise.tensor.Session;

/** Runs training steps in calls of many, tells the engine, and keeps the losses of a run. */
public final class TrainingLog {
  /** Steps of one call: long enough to stay in the backend, short enough to show progress. */
  private static final int STEPS_A_CALL = 128;

  private final Task task;
  private final RunContext context;
  private float[] losses = new float[1024];
  private int done;

  /** Nothing trained yet. */
  public TrainingLog(Task task, RunContext context) {
    this.task = task;
    this.context = context;
  }

  /** Ends a run that cannot go on; the message is the reason of its failure. */
  public static final class Ended extends RuntimeException {
    private static final long serialVersionUID = 1;

    Ended(String reason) {
      super(reason);
    }
  }

  /**
   * Trains for some steps.
   *
   * @return mean loss over them
   * @throws Ended when the plan was stopped or the loss was not finite
   */
  public double run(Session session, String function, int steps) {
    double sum = 0;
    int left = steps;
    try (var _ = context.onCancel(session::cancel)) {
      while (left > 0) {
        RunReport report = session.run(function, Math.min(STEPS_A_CALL, left));
        float[] series = report.series("loss");
        losses =
            done + series.length > losses.length
                ? Arrays.copyOf(losses, 2 * (done + series.length))
                : losses;
        System.arraycopy(series, 0, losses, done, report.done());
        for (int i = 0; i < report.done(); i++) {
          sum += series[i];
        }
        done += report.done();
        left -= report.done();
        context.progress(task, report.done(), done == 0 ? Double.NaN : losses[done - 1]);
        if (report.end() instanceof RunReport.NonFinite broken) {
          throw new Ended(
              broken.output()
                  + " is "
                  + broken.value()
                  + " at step "
                  + done
                  + " of "
                  + task.steps()
                  + "; a lower learning rate may help");
        }
        if (context.cancelled()) {
          throw new Ended("cancelled at step " + done);
        }
      }
    }
    return sum / steps;
  }

  /** Losses so far as a curve. */
  public LossCurve curve() {
    return LossBins.curve(Arrays.copyOf(losses, done));
  }
}
