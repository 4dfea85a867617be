package reprise.kernel.run;

import java.util.Arrays;
import java.util.Optional;
import reprise.dsl.plan.TrainTask;
import reprise.dsl.result.RunOutcome;
import reprise.kernel.compile.Compiled;
import reprise.kernel.store.Resume;
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

  private final Compiled compiled;
  private final RunContext context;

  TrainRun(Compiled compiled, RunContext context) {
    this.compiled = compiled;
    this.context = context;
  }

  /** Carries it out. */
  RunOutcome run() {
    TrainTask task = compiled.task();
    Optional<Resume> kept = context.resume(task);
    long start = System.nanoTime() - (long) (1e9 * kept.map(Resume::seconds).orElse(0.0));
    float[] losses = new float[task.steps()];
    try (Session session =
            context.backend().open(compiled.program(), SessionOptions.seed(task.seed()));
        var _ = context.onCancel(session::cancel)) {
      compiled.prepare(session);
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
        int chunk = Math.min(STEPS_A_CALL, losses.length - done);
        RunReport report = session.run("train_step", chunk);
        float[] series = report.series("loss");
        System.arraycopy(series, 0, losses, done, report.done());
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
      double loss = compiled.evaluate(session);
      double seconds = (System.nanoTime() - start) / 1e9;
      return new RunOutcome.Finished<>(
          task, loss, LossBins.curve(losses), seconds, session.digest());
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
}
