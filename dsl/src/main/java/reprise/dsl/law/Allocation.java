package reprise.dsl.law;

/**
 * The model of least loss at a compute budget.
 *
 * @param flops training compute C
 * @param params N_opt
 * @param tokens D_opt
 * @param loss at the optimum
 */
public record Allocation(double flops, double params, double tokens, double loss) {
  /** D_opt / N_opt. */
  public double tokensPerParameter() {
    return tokens / params;
  }
}
