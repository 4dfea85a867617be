package reprise.kernel.run;

import java.nio.file.Path;
import reprise.dsl.plan.Task;
import reprise.dsl.result.RunOutcome;
import reprise.tensor.Backend;

/** What a trainer is given by the engine. */
public interface RunContext {
  /** What computes. */
  Backend backend();

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
