package reprise.dsl.density;

import java.time.LocalDate;

/**
 * The density of one model.
 *
 * @param model its label
 * @param params N
 * @param date of release
 * @param day since the start of the trend
 * @param score S
 * @param effective parameters of a reference model with that score, {@code f^-1(S)}
 * @param density effective over actual parameters
 * @param record whether it lies on the envelope
 */
public record ModelDensity(
    String model,
    double params,
    LocalDate date,
    long day,
    double score,
    double effective,
    double density,
    boolean record) {}
