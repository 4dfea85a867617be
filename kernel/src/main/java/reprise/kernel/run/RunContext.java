package reprise.kernel.run;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import reprise.dsl.plan.Task;
import reprise.dsl.result.RunOutcome;
import reprise.kernel.store.Resume;
import reprise.tensor.Backend;

/**
 * What a trainer is given by the engine.
 *
 * <p>A run that is killed or stopped goes on where it was, to the same bits, if its trainer asks
 * for {@link #resume} before its first step and offers {@link #keep} after every call of steps.
 * {@link TrainingLog#train} does so for one session; by hand it is
 *
 * <pre>{@code
 * compiled.prepare(session); // data and first parameters, as always
 * int done = 0;
 * Optional<Resume> kept = context.resume(task);
 * if (kept.isPresent()) {
 *   session.restore(kept.get().state());
 *   done = kept.get().step();
 * }
 * while (done < steps && !context.cancelled()) {
 *   done += session.run("train_step", Math.min(128, steps - done)).done();
 *   int now = done;
 *   context.progress(task, ...);
 *   context.keep(task, () -> Resume.at(now, seconds, session).note("phase", "pretrain"));
 * }
 * }</pre>
 *
 * <p>What the trainer computes from earlier steps, such as the losses of its curve, goes along as
 * {@link Resume#series(String, float[])} and {@link Resume#note(String, String)}.
 */
public interface RunContext {
  /** What computes. */
  Backend backend();

  /**
   * Threads that a session of this run may use: those that no other run needs. The results are the
   * same bits for every number of them.
   */
  default int threads(Task task) {
    return 1;
  }

  /** Whether the plan is stopped: begin nothing more. */
  boolean cancelled();

  /**
   * Calls the action when the plan is stopped, or at once if it is; from another thread. It must
   * return at once, as {@link reprise.tensor.Session#cancel} does. Close it before what it cancels.
   */
  Watch onCancel(Runnable action);

  /**
   * Steps of a run were done.
   *
   * @param steps since it was last told
   * @param loss of the last of them, NaN where there is none
   */
  void progress(Task task, int steps, double loss);

  /**
   * Where the run was when it was stopped or killed; empty for a run that begins. {@link #progress}
   * counts on from there.
   */
  default Optional<Resume> resume(Task task) {
    return Optional.empty();
  }

  /**
   * Offers where the run stands; call it between calls of the session, as often as you like. It is
   * asked for and written every ten seconds, and when the plan is stopped.
   */
  default void keep(Task task, Supplier<Resume> now) {}

  /** A run ended; a finished one is kept in the store before this returns. */
  void ended(RunOutcome outcome);

  /** The directory of a run, for files beside its record; made when asked for. */
  Path folder(Task task);

  /** A registered action; closing takes it away. */
  interface Watch extends AutoCloseable {
    @Override
    void close();
  }
}
