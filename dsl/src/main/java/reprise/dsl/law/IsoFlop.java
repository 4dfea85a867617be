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
 */
public record IsoFlop(
    IsoFlopPlan plan,
    List<Valley> valleys,
    PowerLine params,
    PowerLine tokens,
    List<String> warnings) {
  public IsoFlop {
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
