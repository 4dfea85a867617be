package reprise.dsl.ladder;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import reprise.dsl.RunFailure;
import reprise.dsl.chart.Figure;
import reprise.dsl.chart.Ink;
import reprise.dsl.chart.Layer;
import reprise.dsl.chart.Plot;
import reprise.dsl.chart.PlotAxis;
import reprise.dsl.claim.Interval;
import reprise.dsl.claim.Measured;
import reprise.dsl.claim.Seeds;
import reprise.dsl.density.LadderScale;
import reprise.dsl.density.Placement;
import reprise.dsl.result.Outcome;
import reprise.dsl.result.Result;
import reprise.dsl.result.RunOutcome;
import reprise.dsl.result.RunOutcome.Finished;
import reprise.dsl.unit.Counting;
import reprise.dsl.unit.Numbers;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Where models of one's own stand on a ladder. Intervals are those of the ladder's seeds: the model
 * and its score are one, the rulers several.
 *
 * @param experiment what was asked
 * @param outcome all that came out
 */
public record PlacedResult(PlacedModels experiment, Outcome outcome) implements Result {
  private record Row(String name, double params, double score, List<Placement> places) {
    /** The first reason, or empty inside. */
    String note() {
      return places.stream().map(Placement::note).filter(n -> !n.isEmpty()).findFirst().orElse("");
    }

    boolean sized() {
      return places.stream().noneMatch(p -> Double.isNaN(p.density()));
    }

    Measured density() {
      return Seeds.mean(
          places.stream().mapToDouble(Placement::density).toArray(),
          "ladders",
          name + ", score " + Numbers.significant(score, 4));
    }
  }

  private List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    int checkpoint = 0;
    for (PlacedModel model : experiment.models()) {
      switch (model) {
        case PlacedModel.ByScore m -> rows.add(row(m.name(), m.params().count(), m.score()));
        case PlacedModel.ByWeights m -> {
          RunOutcome run = outcome.runs().get(checkpoint++);
          if (run instanceof Finished<?> done) {
            double score = done.readings().value(LadderMeasures.SCORE);
            rows.add(row(m.name(), m.shape().params(Counting.MATRIX).count(), score));
          } else if (run instanceof RunOutcome.Failed failed) {
            throw new RunFailure(m.name() + ": " + failed.reason());
          }
        }
      }
    }
    return rows;
  }

  private Row row(String name, double params, double score) {
    return new Row(
        name,
        params,
        score,
        experiment.ladder().scales().stream().map(s -> s.place(params, score)).toList());
  }

  /**
   * The density of a model, with the interval of the ladder's seeds.
   *
   * @throws RunFailure when its score has no size on the ladder, with the reason, or no model has
   *     that name
   */
  public Measured density(String name) {
    Row row =
        rows().stream()
            .filter(r -> r.name().equals(name))
            .findFirst()
            .orElseThrow(() ->
                new RunFailure(
                    "no model '"
                        + name
                        + "'; there are "
                        + experiment.models().stream().map(PlacedModel::name).toList()));
    if (!row.sized()) {
      throw new RunFailure(name + ": " + row.note());
    }
    return row.density()
        .check(LadderMeasures.INSIDE, row.note().isEmpty(), row.note().isEmpty() ? "" : row.note());
  }

  /** One row a model: size, score, effective size and density with its interval, and a note. */
  @Override
  public Table frame() {
    StringColumn model = StringColumn.create("model");
    LongColumn params = LongColumn.create("N");
    DoubleColumn score = DoubleColumn.create("cloze score");
    DoubleColumn effective = DoubleColumn.create("effective N");
    DoubleColumn density = DoubleColumn.create("density");
    DoubleColumn low = DoubleColumn.create("from");
    DoubleColumn high = DoubleColumn.create("to");
    StringColumn note = StringColumn.create("note");
    for (Row row : rows()) {
      model.append(row.name());
      params.append(Math.round(row.params()));
      score.append(row.score());
      double mean = row.sized() ? row.density().value() : Double.NaN;
      density.append(mean);
      effective.append(mean * row.params());
      var interval = row.sized() ? row.density().interval() : java.util.Optional.<Interval>empty();
      low.append(interval.map(Interval::low).orElse(Double.NaN));
      high.append(interval.map(Interval::high).orElse(Double.NaN));
      note.append(row.note());
    }
    return Table.create("densities", model, params, score, effective, density, low, high, note);
  }

  /** Score against size: the ladder's law, and the models. */
  @Override
  public List<Figure> charts() {
    LadderScale scale = experiment.ladder().scales().getFirst();
    int steps = 40;
    double[] x = new double[steps + 1];
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = scale.smallest() * Math.pow(scale.largest() / scale.smallest(), (double) i / steps);
      y[i] = scale.score(x[i]);
    }
    List<Layer> layers = new ArrayList<>();
    layers.add(
        Layer.line("ladder after " + Numbers.short3(scale.tokens()) + " tokens", x, y)
            .ink(Ink.MUTED));
    int slot = 0;
    for (Row row : rows()) {
      layers.add(
          Layer.points(row.name(), new double[] {row.params()}, new double[] {row.score()})
              .ink(Ink.slot(slot++)));
    }
    return List.of(
        Plot.of(
                PlotAxis.log("parameters N", "of matrix products"),
                PlotAxis.linear("cloze score", "share of right answers"))
            .add(layers)
            .figure(
                "models-on-the-ladder",
                "Models of one's own beside the law of the ladder of seed "
                    + scale.seed()
                    + ": above the line a model is denser than a reference model of its size."));
  }

  /** One line: each model's density. */
  @Override
  public String toString() {
    return rows().stream()
        .map(r -> r.name() + " " + (r.sized() ? "has density " + r.density() : r.note()))
        .collect(Collectors.joining("; "));
  }
}
