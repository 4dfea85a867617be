package reprise.dsl.result;

import java.util.List;
import java.util.Optional;
import reprise.dsl.plan.Task;

/**
 * What became of one run. A run that failed or was stopped early is a row with a reason; it never
 * stops the rest.
 */
public sealed interface RunOutcome {
  /** What was to be done. */
  Task task();

  /** The parameters that it came to, at its last step or where a rule stopped it. */
  default Optional<Finished<?>> reached() {
    return Optional.empty();
  }

  /**
   * A run that came to its last step.
   *
   * @param <T> kind of task
   * @param task what was done
   * @param loss held-out loss in nats per token or example, as the family says; on a source of
   *     known entropy {@code h + KL}
   * @param curve training loss along the run
   * @param readings what else was measured
   * @param seconds wall time of training and evaluation
   * @param digest SHA-256 over the final parameters
   */
  record Finished<T extends Task>(
      T task, double loss, LossCurve curve, Readings readings, double seconds, String digest)
      implements RunOutcome {
    @Override
    public Optional<Finished<?>> reached() {
      return Optional.of(this);
    }

    /** A run that measured nothing but its loss. */
    public Finished(T task, double loss, LossCurve curve, double seconds, String digest) {
      this(task, loss, curve, Readings.NONE, seconds, digest);
    }
  }

  /**
   * A run that did not.
   *
   * @param task what was to be done
   * @param reason what happened, at which step
   */
  record Failed(Task task, String reason) implements RunOutcome {}

  /**
   * A run that its experiment's rule ended before its last step. It is no point of a law, since it
   * was not trained as planned.
   *
   * @param run what it had come to: loss, curve and digest at its last step
   * @param step the last one
   * @param reason begins with {@code stopped early at step}
   */
  record Stopped(Finished<?> run, int step, String reason) implements RunOutcome {
    @Override
    public Task task() {
      return run.task();
    }

    @Override
    public Optional<Finished<?>> reached() {
      return Optional.of(run);
    }
  }

  /** The runs of one kind that came to their last step. */
  @SuppressWarnings("unchecked") // a finished run's type is its task's
  static <T extends Task> List<Finished<T>> finished(List<RunOutcome> runs, Class<T> kind) {
    return runs.stream()
        .filter(run -> run instanceof Finished<?> && kind.isInstance(run.task()))
        .map(run -> (Finished<T>) run)
        .toList();
  }
}
