package reprise.dsl.int8;

import java.util.ArrayList;
import java.util.List;
import reprise.dsl.chart.Figure;
import reprise.dsl.chart.Layer;
import reprise.dsl.chart.Plot;
import reprise.dsl.chart.PlotAxis;
import reprise.dsl.claim.Measured;
import reprise.dsl.result.Measure;
import reprise.dsl.result.Outcome;
import reprise.dsl.study.StudyResult;
import reprise.dsl.study.Trials;
import reprise.dsl.unit.Numbers;

/**
 * Errors of eight-bit products.
 *
 * @param experiment what was asked
 * @param outcome all that came out
 * @param trials one a magnitude and draw
 */
public record ProductResult(ProductStudy experiment, Outcome outcome, Trials<ProductTrial> trials)
    implements StudyResult<ProductTrial> {
  /**
   * {@code |computed - exact|_F} over the Frobenius norm of what the columns without outliers give:
   * outliers would hide the damage if they counted below.
   */
  public static final Measure ERROR = new Measure("relative error", "");

  /** Values of X that are multiplied in eight bits. */
  public static final Measure SHARE = new Measure("values in eight bits", "share");

  /** Error of a scheme at a magnitude, over draws. */
  public Measured error(Scheme scheme, double magnitude) {
    return trials.where(t -> t.magnitude() == magnitude).mean(ERROR, scheme.word());
  }

  /** How many times larger a scheme's error is at a magnitude than without outliers. */
  public Measured growth(Scheme scheme, double magnitude) {
    double[] without = trials.where(t -> t.magnitude() == 0).values(ERROR, scheme.word());
    return trials
        .where(t -> t.magnitude() == magnitude)
        .mean(
            run -> run.readings().value(ERROR, scheme.word()) / without[run.task().seed() - 1],
            scheme.word() + " at magnitude " + Numbers.plain(magnitude) + " over none");
  }

  /** Error of one scheme over that of another at a magnitude, draw by draw. */
  public Measured ratio(Scheme above, Scheme below, double magnitude) {
    return trials
        .where(t -> t.magnitude() == magnitude)
        .mean(
            run ->
                run.readings().value(ERROR, above.word())
                    / run.readings().value(ERROR, below.word()),
            "error of " + above.word() + " over that of " + below.word());
  }

  /** The growth of a scheme that differs most from 1 at any magnitude: the largest of all. */
  public Measured mostGrowth(Scheme scheme) {
    return trials
        .where(t -> t.magnitude() > 0)
        .largest(
            run -> {
              double[] without =
                  trials
                      .where(t -> t.magnitude() == 0 && t.seed() == run.task().seed())
                      .values(ERROR, scheme.word());
              return run.readings().value(ERROR, scheme.word()) / without[0];
            },
            "error of " + scheme.word() + " over that without outliers");
  }

  /** The share of values in eight bits at a magnitude. */
  public Measured share(double magnitude) {
    return trials.where(t -> t.magnitude() == magnitude).mean(SHARE, Scheme.DECOMPOSED.word());
  }

  @Override
  public List<Figure> charts() {
    if (trials.isEmpty()) {
      return List.of();
    }
    List<Layer> layers = new ArrayList<>();
    for (Scheme scheme : Scheme.values()) {
      layers.add(trials.line(scheme.word(), ProductTrial::magnitude, ERROR, scheme.word()));
    }
    return List.of(
        Plot.of(
                PlotAxis.linear("magnitude of outliers", ""),
                PlotAxis.log("relative error of the product", ""))
            .add(layers)
            .figure(
                "errors",
                "Error of an eight-bit product with "
                    + experiment.columns()
                    + " outlier columns, relative to what the other columns give."));
  }

  /** One line: the errors at the largest magnitude. */
  @Override
  public String toString() {
    double most = experiment.magnitudes().stream().mapToDouble(Double::doubleValue).max().orElse(0);
    List<String> errors = new ArrayList<>();
    for (Scheme scheme : Scheme.values()) {
      if (!trials.isEmpty()) {
        errors.add(scheme.word() + " " + Numbers.significant(error(scheme, most).value(), 3));
      }
    }
    return "errors at magnitude " + Numbers.plain(most) + ": " + String.join("; ", errors);
  }
}
