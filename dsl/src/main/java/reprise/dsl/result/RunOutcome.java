package reprise.dsl.result;

import reprise.dsl.plan.TrainTask;

/**
 * What became of one training run. A failed run is a row with a reason; it never stops the rest.
 */
public sealed interface RunOutcome {
  /** What was to be done. */
  TrainTask task();

  /**
   * A run that came to its last step.
   *
   * @param task what was done
   * @param loss held-out loss in nats per token; on a source of known entropy {@code h + KL}
   * @param curve training loss along the run
   * @param seconds wall time of training and evaluation
   * @param digest SHA-256 over the final parameters
   */
  record Finished(TrainTask task, double loss, LossCurve curve, double seconds, String digest)
      implements RunOutcome {}

  /**
   * A run that did not.
   *
   * @param task what was to be done
   * @param reason what happened, at which step
   */
  record Failed(TrainTask task, String reason) implements RunOutcome {}
}
