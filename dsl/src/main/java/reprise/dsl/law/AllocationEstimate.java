package reprise.dsl.law;

/**
 * An {@link Allocation} with bootstrap intervals.
 *
 * @param flops training compute C
 * @param params N_opt
 * @param tokens D_opt
 * @param tokensPerParameter D_opt / N_opt
 * @param loss at the optimum
 */
public record AllocationEstimate(
    double flops, Estimate params, Estimate tokens, Estimate tokensPerParameter, Estimate loss) {}
