package reprise.dsl.density;

import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Numbers;

/**
 * How a ladder of reference models becomes a ruler.
 *
 * @param metric the benchmark
 * @param tokens D0, what a reference model has read when a size is read off
 */
public record LadderChoices(Metric metric, double tokens) {
  public LadderChoices {
    Checks.present("metric", metric);
    Checks.positive("reference tokens", tokens, "tokens");
  }

  /** The choices, one line. */
  public String describe() {
    return "L = a N^-alpha + b D^-beta and S = c/(1 + exp(-gamma (L - l))) + d, d = "
        + Numbers.significant(metric.chance(), 3)
        + ", c = 1 - d, for each seed; sizes at D0 = "
        + Numbers.grouped(Math.round(tokens))
        + " tokens";
  }
}
