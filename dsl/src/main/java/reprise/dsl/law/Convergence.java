package reprise.dsl.law;

import java.util.Objects;

/**
 * How the search for the optimum ended.
 *
 * @param converged whether the optimality test holds at the reported constants
 * @param reason why the search stopped, in words
 * @param gradientNorm largest component of the scaled objective's gradient, relative to max(1,
 *     objective)
 * @param starts number of starts tried
 * @param reached how many of them ended within 1e-6 (relative) of the best objective
 */
public record Convergence(
    boolean converged, String reason, double gradientNorm, int starts, int reached) {
  public Convergence {
    Objects.requireNonNull(reason, "reason");
  }
}
