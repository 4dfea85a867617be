package reprise.dsl.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import reprise.dsl.RunFailure;
import reprise.dsl.chart.Figure;
import reprise.dsl.chart.FitCharts;
import reprise.dsl.chart.FrontierCharts;
import reprise.dsl.chart.Known;
import reprise.dsl.chart.LawCharts;
import reprise.dsl.chart.PanelCharts;
import reprise.dsl.claim.Interval;
import reprise.dsl.claim.Measured;
import reprise.dsl.law.Derived;
import reprise.dsl.law.Estimate;
import reprise.dsl.law.Fit;
import reprise.dsl.law.FitWarning;
import reprise.dsl.law.Input;
import reprise.dsl.result.Finding;
import reprise.dsl.result.Outcome;
import reprise.dsl.result.Result;
import reprise.dsl.unit.Numbers;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * A fitted law with its intervals and diagnosis.
 *
 * @param experiment what was asked
 * @param outcome all that came out
 */
public record FittedLaw(LawFit experiment, Outcome outcome) implements Result {
  /** Constants, intervals, objective, convergence, warnings. */
  public Fit fit() {
    return outcome.fit(LawFit.FIT).fit();
  }

  /**
   * The test of the constants that the experiment was {@linkplain LawFit#comparedWith compared
   * with}.
   *
   * @throws RunFailure when it was compared with none
   */
  public Finding.Comparison comparison() {
    return outcome
        .fit(LawFit.FIT)
        .comparison()
        .orElseThrow(() ->
            new RunFailure(
                "the fit was compared with no constants; say comparedWith(whose, constants)"));
  }

  /** A constant or derived quantity as a measurement for a claim. */
  public Measured measured(String name) {
    Fit fit = fit();
    boolean constant = fit.constants().stream().anyMatch(c -> c.name().equals(name));
    return measured(constant ? fit.constant(name) : fit.derived(name));
  }

  /** An estimate as a measurement for a claim. */
  public Measured measured(Estimate estimate) {
    Fit fit = fit();
    String how = experiment.objective().text() + ", " + fit.n() + " points, " + estimate.name();
    if (!estimate.interval().known()) {
      return Measured.exactly(estimate.value(), how);
    }
    return Measured.of(
        estimate.value(),
        new Interval(
            estimate.interval().low(),
            estimate.interval().high(),
            fit.plan().confidence(),
            "percentile bootstrap, " + Numbers.grouped(fit.samples().size()) + " resamples"),
        how);
  }

  /** One row a constant and derived quantity: value, standard error, interval. */
  @Override
  public Table frame() {
    List<Estimate> rows = new ArrayList<>(fit().constants());
    rows.addAll(fit().derived());
    StringColumn name = StringColumn.create("constant");
    DoubleColumn value = DoubleColumn.create("value");
    DoubleColumn error = DoubleColumn.create("standard error");
    DoubleColumn low = DoubleColumn.create("low");
    DoubleColumn high = DoubleColumn.create("high");
    StringColumn unit = StringColumn.create("unit");
    IntStream.range(0, rows.size())
        .forEach(i -> {
          Estimate e = rows.get(i);
          name.append(e.name());
          value.append(e.value());
          error.append(e.standardError());
          low.append(e.interval().low());
          high.append(e.interval().high());
          unit.append(e.unit());
        });
    return Table.create(experiment.law().formula(), name, value, error, low, high, unit);
  }

  @Override
  public List<Figure> charts() {
    Fit fit = fit();
    List<Figure> charts = new ArrayList<>();
    charts.add(LawCharts.residuals(fit));
    List<String> inputs = fit.plan().law().inputs().stream().map(Input::name).toList();
    if (inputs.equals(List.of("N", "D"))) {
      charts.add(LawCharts.lossAgainstTokens(fit));
      charts.add(FitCharts.contours(fit));
    }
    if (FrontierCharts.drawable(fit)) {
      charts.add(FrontierCharts.lossAgainstCompute(fit));
    }
    if (PanelCharts.drawable(fit)) {
      charts.add(PanelCharts.ofSizes(fit));
    }
    if (inputs.equals(List.of("N", "P"))) {
      charts.add(FitCharts.lossAgainstParameters(fit));
    }
    if (fit.samples().size() > 0) {
      fit.plan().law().derived().stream()
          .findFirst()
          .ifPresent(d -> charts.add(LawCharts.distribution(fit, d.name(), known(d))));
    }
    return charts;
  }

  // the same quantity of the constants compared with
  private Known[] known(Derived derived) {
    return experiment
        .reference()
        .map(reference -> {
          double[] values = reference.values().stream().mapToDouble(Double::doubleValue).toArray();
          return new Known[] {new Known(reference.name(), derived.of().applyAsDouble(values))};
        })
        .orElseGet(() -> new Known[0]);
  }

  @Override
  public String toString() {
    List<FitWarning> warnings = fit().warnings();
    return fit()
        + (warnings.isEmpty()
            ? ""
            : "; " + String.join("; ", warnings.stream().map(FitWarning::message).toList()));
  }
}
