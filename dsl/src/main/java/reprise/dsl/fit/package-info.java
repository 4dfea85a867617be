/**
 * Fitting a law to published points: a data set of the registry or anyone's CSV.
 *
 * <p>Shortest form:
 *
 * {@snippet lang=java :
 * plan(fit(CHINCHILLA).csv(file("runs.csv"), columns("N", "D", "loss")));
 * }
 */
package reprise.dsl.fit;
