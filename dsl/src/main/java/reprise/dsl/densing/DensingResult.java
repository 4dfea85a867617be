package reprise.dsl.densing;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import reprise.dsl.chart.Figure;
import reprise.dsl.claim.Interval;
import reprise.dsl.claim.Measured;
import reprise.dsl.density.DensityPlan;
import reprise.dsl.density.DensityTrend;
import reprise.dsl.density.ModelDensity;
import reprise.dsl.result.Outcome;
import reprise.dsl.result.Result;
import reprise.dsl.unit.Numbers;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Densities, their trend, and how it depends on the choices.
 *
 * @param experiment what was asked
 * @param outcome all that came out
 */
public record DensingResult(DensingLaw experiment, Outcome outcome) implements Result {
  /** The trend of the main choices. */
  public DensityTrend trend() {
    return outcome.density(DensingLaw.HEADLINE).trend();
  }

  /** The trends of the other choices, in the order they were named. */
  public List<DensityTrend> variations() {
    return IntStream.range(0, experiment.variations().size())
        .mapToObj(i -> outcome.density(DensingLaw.variation(i)).trend())
        .toList();
  }

  /** One row a model: size, date, score, effective size, density, whether it is a record. */
  @Override
  public Table frame() {
    StringColumn model = StringColumn.create("model");
    DoubleColumn params = DoubleColumn.create("N");
    DateColumn date = DateColumn.create("release");
    DoubleColumn score = DoubleColumn.create("score " + trend().plan().metric());
    DoubleColumn effective = DoubleColumn.create("effective N");
    DoubleColumn density = DoubleColumn.create("density");
    BooleanColumn record = BooleanColumn.create("record");
    for (ModelDensity m : trend().models()) {
      model.append(m.model());
      params.append(m.params());
      date.append(m.date());
      score.append(m.score());
      effective.append(m.effective());
      density.append(m.density());
      record.append(m.record());
    }
    return Table.create("densities", model, params, date, score, effective, density, record);
  }

  /** One row a set of choices: slope, doubling time with its interval, models, records. */
  public Table sensitivity() {
    StringColumn metric = StringColumn.create("metric");
    StringColumn ruler = StringColumn.create("ruler");
    StringColumn records = StringColumn.create("envelope");
    StringColumn smallest = StringColumn.create("sizes");
    IntColumn models = IntColumn.create("models");
    IntColumn on = IntColumn.create("records");
    DoubleColumn slope = DoubleColumn.create("A per day");
    DoubleColumn days = DoubleColumn.create("doubling days");
    DoubleColumn low = DoubleColumn.create("from");
    DoubleColumn high = DoubleColumn.create("to");
    DoubleColumn r2 = DoubleColumn.create("R2");
    List<DensityTrend> all = new ArrayList<>(List.of(trend()));
    all.addAll(variations());
    for (DensityTrend t : all) {
      DensityPlan p = t.plan();
      metric.append(p.metric().name());
      ruler.append(p.ruler().name());
      records.append(p.records().text());
      smallest.append(p.smallest() == 0 ? "all" : ">= " + Numbers.short3(p.smallest()));
      models.append(t.models().size());
      on.append(t.envelope().size());
      slope.append(t.slope().value());
      days.append(t.doublingDays());
      low.append(Math.log(2) / t.slope().interval().high());
      high.append(Math.log(2) / t.slope().interval().low());
      r2.append(t.r2());
    }
    return Table.create(
        "sensitivity", metric, ruler, records, smallest, models, on, slope, days, low, high, r2);
  }

  /** A, with the bootstrap's interval. */
  public Measured slope() {
    DensityTrend t = trend();
    String how =
        t.plan().metric()
            + ", ruler "
            + t.plan().ruler()
            + ", "
            + t.envelope().size()
            + " records of "
            + t.models().size()
            + " models";
    return Measured.of(
        t.slope().value(),
        new Interval(
            t.slope().interval().low(),
            t.slope().interval().high(),
            0.95,
            "percentile bootstrap over models, the ruler kept, "
                + Numbers.grouped(t.plan().bootstrap())
                + " resamples"),
        how);
  }

  /** R2 of the trend. */
  public Measured explained() {
    return Measured.exactly(trend().r2(), trend().envelope().size() + " records");
  }

  /** The longest doubling time over the shortest, of all metrics with the headline's choices. */
  public Measured spreadOfMetrics() {
    DensityPlan headline = trend().plan();
    List<DensityTrend> metrics = new ArrayList<>(List.of(trend()));
    variations().stream()
        .filter(t -> t.plan().metric(headline.metric()).equals(headline))
        .filter(t -> !t.plan().metric().equals(headline.metric()))
        .forEach(metrics::add);
    double longest = metrics.stream().mapToDouble(DensityTrend::doublingDays).max().orElseThrow();
    double shortest = metrics.stream().mapToDouble(DensityTrend::doublingDays).min().orElseThrow();
    return Measured.exactly(
        longest / shortest,
        String.join(
            ", ",
            metrics.stream()
                .map(t ->
                    t.plan().metric() + " " + Numbers.significant(t.doublingDays(), 3) + " days")
                .toList()));
  }

  @Override
  public List<Figure> charts() {
    List<Figure> charts = new ArrayList<>();
    charts.add(DensityCharts.overTime(trend()));
    if (!variations().isEmpty()) {
      List<DensityTrend> all = new ArrayList<>(List.of(trend()));
      all.addAll(variations());
      charts.add(DensityCharts.sensitivity(all));
    }
    return charts;
  }

  /** One line: doubling time by which metric, with its interval. */
  @Override
  public String toString() {
    DensityTrend t = trend();
    return "density doubles in "
        + Numbers.significant(t.doublingDays(), 3)
        + " days by "
        + t.plan().metric()
        + " with the ruler "
        + t.plan().ruler()
        + ", A = "
        + slope()
        + " a day, R2 "
        + Numbers.significant(t.r2(), 3);
  }
}
