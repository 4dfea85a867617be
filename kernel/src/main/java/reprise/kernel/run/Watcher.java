package reprise.kernel.run;

import reprise.dsl.plan.Plan;
import reprise.dsl.result.RunOutcome;

/**
 * Is told how a plan goes on; overrides what it wants to know. Calls come from several threads, one
 * at a time, and must return fast.
 */
public interface Watcher {
  /** Before the first run; {@code stored} runs are read from the store. */
  default void started(Plan plan, int stored) {}

  /**
   * Now and then while runs go on.
   *
   * @param fraction share of the work done, by FLOP
   * @param lastLoss training loss that some run reported last, NaN before the first
   */
  default void progress(double fraction, double lastLoss) {}

  /** A run ended. */
  default void ended(RunOutcome outcome, int done, int total) {}

  /** Something did not go as it should and changes no number; once each. */
  default void warned(String what) {}

  /** Before an analysis. */
  default void analysing(String what) {}

  /** After the last analysis, or when the plan was given up. */
  default void finished() {}

  /** Sees nothing. */
  Watcher SILENT = new Watcher() {};
}
