package reprise.dsl.law;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * The result of an IsoFLOP analysis.
 *
 * @param plan what was analysed
 * @param valleys one per budget, in increasing order; only interior ones enter the power laws
 * @param params N_opt = k C^a
 * @param tokens D_opt = k' C^b
 * @param warnings sentences; empty when the slopes can be taken at face value
 * @param samples of every bootstrap replicate k, a, k', b
 */
public record IsoFlop(
    IsoFlopPlan plan,
    List<Valley> valleys,
    PowerLine params,
    PowerLine tokens,
    List<String> warnings,
    Samples samples) {
  /**
   * The best model at a budget by the two power laws. N_opt and D_opt come from the same valleys,
   * so 6 N_opt D_opt is C only as nearly as the power laws fit.
   *
   * @param flops training compute C
   * @param params N_opt
   * @param tokens D_opt
   * @param tokensPerParameter D_opt / N_opt
   */
  public record Optimum(
      double flops, Estimate params, Estimate tokens, Estimate tokensPerParameter) {}

  public IsoFlop {
    Objects.requireNonNull(samples, "samples");
    Objects.requireNonNull(plan, "plan");
    Objects.requireNonNull(params, "params");
    Objects.requireNonNull(tokens, "tokens");
    valleys = List.copyOf(valleys);
    warnings = List.copyOf(warnings);
  }

  /** Number of budgets whose minimum lies inside the measured sizes. */
  public int interior() {
    return (int) valleys.stream().filter(Valley::interior).count();
  }

  /** The exponent a of N_opt in C. */
  public Estimate exponent() {
    return params.exponent();
  }

  /**
   * The best model at a compute budget, with bootstrap intervals.
   *
   * @throws IllegalArgumentException for a budget that is not positive
   * @throws IllegalStateException when fewer than two valleys have a minimum inside their sizes
   */
  public Optimum at(double flops) {
    if (!(flops > 0) || Double.isInfinite(flops)) {
      throw new IllegalArgumentException("a compute budget must be positive, got " + flops);
    }
    if (!Double.isFinite(exponent().value())) {
      throw new IllegalStateException(
          interior()
              + " of "
              + valleys.size()
              + " budgets have a minimum inside their sizes; a power law needs two");
    }
    double n = params.at(flops);
    double d = tokens.at(flops);
    double[] sizes = samples.of(s -> s[0] * Math.pow(flops, s[1]));
    double[] data = samples.of(s -> s[2] * Math.pow(flops, s[3]));
    double[] ratios = samples.of(s -> s[2] / s[0] * Math.pow(flops, s[3] - s[1]));
    return new Optimum(
        flops,
        estimate("N_opt", "parameters", n, sizes),
        estimate("D_opt", "tokens", d, data),
        estimate("D/N", "tokens per parameter", d / n, ratios));
  }

  private Estimate estimate(String name, String unit, double value, double[] replicates) {
    return new Estimate(
        name,
        unit,
        value,
        Samples.standardDeviation(replicates),
        Interval.percentile(replicates, plan.confidence()));
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "IsoFLOP: N_opt ~ C^%.3f (%.3f to %.3f), %d of %d minima interior",
        exponent().value(),
        exponent().interval().low(),
        exponent().interval().high(),
        interior(),
        valleys.size());
  }
}
