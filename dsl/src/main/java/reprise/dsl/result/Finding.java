package reprise.dsl.result;

import reprise.dsl.law.Fit;
import reprise.dsl.law.IsoFlop;
import reprise.dsl.law.Points;

/** What an analysis found. */
public sealed interface Finding {
  /** The id of its task in the plan. */
  String id();

  /**
   * A fitted law.
   *
   * @param id of its task
   * @param fit constants, intervals, diagnosis
   * @param points what it was fitted to
   */
  record FittedLaw(String id, Fit fit, Points points) implements Finding {}

  /**
   * Valleys and the power law of their optima.
   *
   * @param id of its task
   * @param valleys one a budget
   */
  record Valleys(String id, IsoFlop valleys) implements Finding {}
}
