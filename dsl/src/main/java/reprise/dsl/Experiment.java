package reprise.dsl;

import reprise.dsl.plan.Plan;
import reprise.dsl.result.Outcome;
import reprise.dsl.result.Result;

/**
 * A description of an experiment: an immutable record that cannot compute. It says what to do as a
 * {@link Plan} and how to read what came out.
 *
 * @param <R> the type of its result
 */
public interface Experiment<R extends Result> {
  /** What would be done: pure, fast, without reading data or touching a backend. */
  Plan plan();

  /** Reads a typed result from what came out of the plan. */
  R result(Outcome outcome);
}
