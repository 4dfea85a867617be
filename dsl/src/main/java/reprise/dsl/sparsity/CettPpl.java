package reprise.dsl.sparsity;

import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Numbers;

/**
 * CETT-PPL-p % (arXiv 2411.02335, section 4.1): how many neurons a model needs if its perplexity
 * may grow by p %.
 *
 * <p>Neuron i of block l adds {@code n_i = h_i W_out[i]} to its output. Those with {@code |n_i| <
 * eps_l} are dropped; what that changes is the cumulative error of tail truncation, {@code CETT =
 * |sum of dropped n_i| / |FFN(x)|}, mean over tokens. One CETT for all blocks fixes every eps_l, by
 * bisection it is the one with which the mean of {@code exp(L_sparse - L_dense)} over the last
 * checkpoints is 1 + p/100. The activation ratio is the share of neurons that are not dropped.
 *
 * @param growth p/100
 */
public record CettPpl(double growth) {
  /** CETT-PPL-1 %, which the paper's laws are about. */
  public static final CettPpl ONE_PERCENT = new CettPpl(0.01);

  /** Checkpoints, the last ones, over which the growth of perplexity is averaged. */
  public static final int LAST = 5;

  /** Width to which the bisection of CETT on [0, 1] goes. */
  public static final double TOLERANCE = 1e-6;

  public CettPpl {
    Checks.positive("growth of perplexity", growth, "share");
  }

  @Override
  public String toString() {
    return "CETT-PPL-" + Numbers.significant(100 * growth, 3) + "%";
  }
}
