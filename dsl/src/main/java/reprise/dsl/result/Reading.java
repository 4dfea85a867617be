package reprise.dsl.result;

import reprise.dsl.unit.Checks;

/**
 * A measured value.
 *
 * @param measure what
 * @param at when or how it was read, such as {@code epoch 3} or {@code int8}; empty at the end of
 *     the run
 * @param value in the measure's unit; NaN where it is not defined
 */
public record Reading(Measure measure, String at, double value) {
  public Reading {
    Checks.present("measure", measure);
    Checks.present("stage of " + measure.name(), at);
  }
}
