package reprise.kernel.run;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;
import reprise.dsl.plan.Task;
import reprise.dsl.result.LossCurve;
import reprise.kernel.store.Resume;
import reprise.tensor.RunReport;
import reprise.tensor.Session;

/**
 * Runs training steps in calls of many, tells the engine, and keeps the losses of a run. A trainer
 * of one session and one training function says {@link #train}; one of several stages, one after
 * the other, says {@link #enter} and {@link #run} for each.
 */
public final class TrainingLog {
  /** Steps of one call: long enough to stay in the backend, short enough to show progress. */
  private static final int STEPS_A_CALL = 128;

  private final Task task;
  private final RunContext context;
  private final String advice;
  private final Optional<Resume> kept;
  private final long start;
  private float[] losses;
  private int done;
  private int stage; // steps before the stage that goes on

  /**
   * Looks for where the run was when it was stopped.
   *
   * @param advice what may help where the loss is not finite
   */
  public TrainingLog(Task task, RunContext context, String advice) {
    this(task, context, advice, context.resume(task));
  }

  private TrainingLog(Task task, RunContext context, String advice, Optional<Resume> kept) {
    this.task = task;
    this.context = context;
    this.advice = advice;
    this.kept = kept;
    this.start = System.nanoTime() - (long) (1e9 * kept.map(Resume::seconds).orElse(0.0));
    this.losses = new float[task.steps()];
  }

  /** Of a run of several stages, each with a session of its own; goes on in the one it was in. */
  public static TrainingLog ofStages(Task task, RunContext context) {
    TrainingLog log = new TrainingLog(task, context, "a lower learning rate", context.resume(task));
    log.kept.ifPresent(log::recall);
    return log;
  }

  private void recall(Resume from) {
    float[] before = from.series("loss");
    System.arraycopy(before, 0, losses, 0, before.length);
    done = from.step();
  }

  /**
   * Where the run was when it was stopped, for what its trainer added to it; empty if it begins.
   */
  public Optional<Resume> kept() {
    return kept;
  }

  /** Threads that a session of this run may use. */
  public int threads() {
    return context.threads(task);
  }

  /** Ends a run that cannot go on; the message is the reason of its failure. */
  public static final class Ended extends RuntimeException {
    private static final long serialVersionUID = 1;

    Ended(String reason) {
      super(reason);
    }
  }

  /**
   * Trains to the task's last step, from where the run was when it was stopped, and offers where it
   * stands after every call.
   *
   * @param session with its data and first parameters
   * @throws Ended when the plan was stopped or the loss was not finite
   */
  public void train(Session session, String function) {
    train(session, function, Pauses.NONE);
  }

  /** Steps at which a trainer looks at the session, and what it keeps of that. */
  public interface Pauses {
    /** No pause before the last step. */
    Pauses NONE =
        new Pauses() {
          @Override
          public int after(int done) {
            return Integer.MAX_VALUE;
          }

          @Override
          public void at(Session session) {}
        };

    /** The next step to pause at, counted from 1, when so many are done. */
    int after(int done);

    /** Looks at the session, which the steps up to the pause have left. */
    void at(Session session);

    /** Adds what was kept at pauses so far to where the run can go on. */
    default Resume keep(Resume resume) {
      return resume;
    }

    /** Takes back what {@link #keep} added. */
    default void recall(Resume kept) {}
  }

  /**
   * The same with pauses.
   *
   * @throws Ended when the plan was stopped or the loss was not finite
   */
  public void train(Session session, String function, Pauses pauses) {
    train(session, function, pauses, Optional.empty());
  }

  /**
   * The same for a run that may be given up; a call of the backend ends at each look.
   *
   * @return why it was, empty where it came to its last step
   */
  Optional<String> train(
      Session session, String function, Pauses pauses, Optional<EarlyStop> patience) {
    kept.ifPresent(from -> {
      session.restore(from.state());
      recall(from);
      pauses.recall(from);
    });
    // a run may have been killed after its last look
    Optional<String> stopped = patience.flatMap(rule -> rule.reason(losses, done));
    while (done < task.steps() && stopped.isEmpty()) {
      alive();
      int look = patience.map(rule -> done + rule.untilLook(done)).orElse(Integer.MAX_VALUE);
      int pause = pauses.after(done);
      int next = Math.min(Math.min(pause, look), task.steps());
      call(session, function, next - done);
      if (done == next && (done == pause || done == task.steps())) {
        pauses.at(session);
      }
      stopped = patience.flatMap(rule -> rule.reason(losses, done));
      context.keep(
          task,
          () ->
              pauses.keep(
                  Resume.at(done, seconds(), session).series("loss", Arrays.copyOf(losses, done))));
    }
    return stopped;
  }

  /**
   * Begins a stage. Where the run was stopped in it, the session becomes what it was then.
   *
   * @param session with its data and first parameters
   * @param begin steps of the run before this stage
   * @param steps of this stage
   * @return how many of them are done
   */
  public int enter(Session session, int begin, int steps) {
    stage = begin;
    Optional<Resume> here = kept.filter(at -> at.step() > begin && at.step() <= begin + steps);
    here.ifPresent(at -> session.restore(at.state()));
    return here.map(at -> at.step() - begin).orElse(0);
  }

  /**
   * Trains for some steps of a stage, and offers where the run stands after every call.
   *
   * @param more adds what the trainer needs to go on
   * @throws Ended when the plan was stopped or the loss was not finite
   */
  public void run(Session session, String function, int steps, UnaryOperator<Resume> more) {
    int end = done + steps;
    try (var _ = context.onCancel(session::cancel)) {
      while (done < end) {
        aliveOrKept(session, more);
        call(session, function, end - done);
        offer(session, more);
      }
      aliveOrKept(session, more);
    }
  }

  // a trainer may have looked at the session since it last offered where it stands
  private void aliveOrKept(Session session, UnaryOperator<Resume> more) {
    if (context.cancelled() && done > stage) {
      offer(session, more);
    }
    alive();
  }

  private void offer(Session session, UnaryOperator<Resume> more) {
    context.keep(
        task,
        () ->
            more.apply(
                Resume.at(done, seconds(), session).series("loss", Arrays.copyOf(losses, done))));
  }

  /** Mean loss of the last steps. */
  public double meanOfLast(int steps) {
    double sum = 0;
    for (int i = done - steps; i < done; i++) {
      sum += losses[i];
    }
    return sum / steps;
  }

  private void call(Session session, String function, int most) {
    RunReport report = session.run(function, Math.min(STEPS_A_CALL, most));
    if (done + report.done() > losses.length) {
      losses = Arrays.copyOf(losses, 2 * (done + report.done()));
    }
    System.arraycopy(report.series("loss"), 0, losses, done, report.done());
    done += report.done();
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
              + "; "
              + advice
              + " may help");
    }
  }

  private void alive() {
    if (context.cancelled()) {
      throw new Ended("cancelled at step " + done);
    }
  }

  /** Seconds since the run began, those before it was stopped included. */
  public double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }

  /** Losses so far, one a step. */
  public float[] losses() {
    return Arrays.copyOf(losses, done);
  }

  /** Losses so far as a curve. */
  public LossCurve curve() {
    return LossBins.curve(losses());
  }
}
