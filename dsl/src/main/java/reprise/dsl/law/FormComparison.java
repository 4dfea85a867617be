package reprise.dsl.law;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * Forms of a law side by side: how well each describes the points it was fitted to, and how well it
 * predicts points it has not seen.
 *
 * @param plan what was compared
 * @param rows one a law, in the plan's order
 */
public record FormComparison(FormPlan plan, List<Row> rows) {
  /**
   * One form.
   *
   * @param fit of the points that are not held out, without bootstrap
   * @param aic n ln(RSS/n) + 2 k, RSS of log residuals, k = constants + 1 (Akaike 1974). It takes
   *     the fit for one of maximum likelihood, which only least squares is
   * @param bic n ln(RSS/n) + k ln n (Schwarz 1978), with the same reservation
   * @param fitted mean |prediction/observed - 1| of the points fitted
   * @param crossValidated the same over folds of cells, each predicted by a fit without it; NaN
   *     without folds
   * @param heldOut the same of the points held out; NaN without any
   * @param heldOutLargest the largest of them
   */
  public record Row(
      Fit fit,
      double aic,
      double bic,
      double fitted,
      double crossValidated,
      double heldOut,
      double heldOutLargest) {
    /** The form. */
    public Law law() {
      return fit.plan().law();
    }
  }

  public FormComparison {
    Objects.requireNonNull(plan, "plan");
    rows = List.copyOf(rows);
  }

  /** The row of least {@code score}; NaN is never the least. */
  public Row best(ToDoubleFunction<Row> score) {
    return rows.stream()
        .min(
            Comparator.comparingDouble(r ->
                Double.isNaN(score.applyAsDouble(r))
                    ? Double.POSITIVE_INFINITY
                    : score.applyAsDouble(r)))
        .orElseThrow();
  }

  /** The row of a law. */
  public Row row(String law) {
    return rows.stream()
        .filter(r -> r.law().name().equals(law))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                law
                    + " was not compared; there are "
                    + rows.stream().map(r -> r.law().name()).toList()));
  }

  /** A table: a line per form. */
  @Override
  public String toString() {
    StringBuilder text =
        new StringBuilder(
            String.format(
                "%-24s %9s %10s %10s %9s %9s %9s%n",
                "form", "constants", "AIC", "BIC", "fitted", "folds", "held out"));
    for (Row row : rows) {
      text.append(
          String.format(
              Locale.ROOT,
              "%-24s %9d %10.1f %10.1f %9s %9s %9s%n",
              row.law().name(),
              row.law().constants().size(),
              row.aic(),
              row.bic(),
              percent(row.fitted()),
              percent(row.crossValidated()),
              percent(row.heldOut())));
    }
    return text.toString().stripTrailing();
  }

  private static String percent(double error) {
    return Double.isNaN(error) ? "-" : String.format(Locale.ROOT, "%.3f %%", 100 * error);
  }
}
