package reprise.kernel.run;

import java.util.Optional;
import reprise.dsl.plan.TrainTask;
import reprise.dsl.result.RunOutcome;
import reprise.kernel.compile.Compiled;
import reprise.tensor.NativeFailure;
import reprise.tensor.Session;
import reprise.tensor.SessionOptions;

/** One training run: opens a session, trains, evaluates, takes the digest. */
final class TrainRun {
  private final TrainTask task;
  private final Compiled compiled;
  private final RunContext context;

  TrainRun(TrainTask task, Compiled compiled, RunContext context) {
    this.task = task;
    this.compiled = compiled;
    this.context = context;
  }

  /** Carries it out. */
  RunOutcome run() {
    TrainingLog log =
        new TrainingLog(task, context, "a lower learning rate than " + task.peakRate());
    try (Session session =
            context
                .backend()
                .open(compiled.program(), SessionOptions.seed(task.seed()).threads(log.threads()));
        var _ = context.onCancel(session::cancel)) {
      compiled.prepare(session);
      Optional<String> stopped =
          log.train(session, "train_step", TrainingLog.Pauses.NONE, EarlyStop.of(task));
      double loss = compiled.evaluate(session);
      var run =
          new RunOutcome.Finished<>(
              task, loss, log.curve(), compiled.readings(), log.seconds(), session.digest());
      return stopped.isEmpty()
          ? run
          : new RunOutcome.Stopped(run, log.losses().length, stopped.get());
    } catch (TrainingLog.Ended | NativeFailure | IllegalStateException failure) {
      return new RunOutcome.Failed(task, failure.getMessage());
    }
  }
}
