package reprise.dsl.law;

import java.util.Objects;

/**
 * How the search for the optimum ended.
 *
 * @param converged whether the optimality test holds at the reported constants
 * @param reason why the search stopped, in words
 * @param possibleDecrease how far one more Newton step would lower the objective, relative to it:
 *     scale-free, so that a small objective cannot pass for an optimum
 * @param starts number of starts tried
 * @param reached how many of them ended within 1e-6 (relative) of the best objective
 */
public record Convergence(
    boolean converged, String reason, double possibleDecrease, int starts, int reached) {
  public Convergence {
    Objects.requireNonNull(reason, "reason");
  }
}
