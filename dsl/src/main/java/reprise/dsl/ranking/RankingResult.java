package reprise.dsl.ranking;

import static reprise.dsl.ranking.RankingMeasures.AT_RANDOM;
import static reprise.dsl.ranking.RankingMeasures.BY_AP;
import static reprise.dsl.ranking.RankingMeasures.HIGH_GAIN;
import static reprise.dsl.ranking.RankingMeasures.LOW_GAIN;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import reprise.dsl.RunFailure;
import reprise.dsl.chart.Figure;
import reprise.dsl.chart.Layer;
import reprise.dsl.chart.Plot;
import reprise.dsl.chart.PlotAxis;
import reprise.dsl.claim.Measured;
import reprise.dsl.claim.Seeds;
import reprise.dsl.result.Measure;
import reprise.dsl.result.Outcome;
import reprise.dsl.result.Reading;
import reprise.dsl.result.Result;
import reprise.dsl.result.RunOutcome.Finished;
import reprise.dsl.unit.Numbers;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Metrics of the draws and what mending mistakes does to them.
 *
 * @param experiment what was asked
 * @param outcome all that came out
 */
public record RankingResult(RankingStudy experiment, Outcome outcome) implements Result {
  /** One row a draw and measure. */
  @Override
  public Table frame() {
    StringColumn run = StringColumn.create("run");
    StringColumn measure = StringColumn.create("measure");
    StringColumn at = StringColumn.create("at");
    DoubleColumn value = DoubleColumn.create("value");
    for (Finished<RankingTask> draw : draws()) {
      for (Reading reading : draw.readings().values()) {
        run.append(draw.task().id());
        measure.append(reading.measure().name());
        at.append(reading.at());
        value.append(reading.value());
      }
    }
    return Table.create("rankings", run, measure, at, value);
  }

  /** The largest value of a measure over all draws. */
  public Measured largest(Measure measure) {
    return Measured.exactly(
        Arrays.stream(values(d -> d.readings().value(measure))).max().orElseThrow(),
        "the largest of " + draws().size() + " draws");
  }

  /** The mean of a measure over draws with its 95 % interval. */
  public Measured mean(Measure measure) {
    return Seeds.mean(values(d -> d.readings().value(measure)), "draws", measure.name());
  }

  /**
   * How much more the high-prevalence subgroup gains than the other, when mistakes are chosen by
   * AP, minus the same when they are chosen at random.
   */
  public Measured favour() {
    double[] favours = values(d -> gap(d, BY_AP) - gap(d, AT_RANDOM));
    return Seeds.mean(
        favours,
        "draws",
        "gap of gains in AUROC by AP "
            + Numbers.significant(average(values(d -> gap(d, BY_AP))), 3)
            + ", at random "
            + Numbers.significant(average(values(d -> gap(d, AT_RANDOM))), 3));
  }

  private static double gap(Finished<RankingTask> draw, String how) {
    return draw.readings().value(HIGH_GAIN, how) - draw.readings().value(LOW_GAIN, how);
  }

  @Override
  public List<Figure> charts() {
    List<Finished<RankingTask>> draws = draws();
    if (draws.isEmpty()) {
      return List.of();
    }
    List<Layer> layers = new ArrayList<>();
    for (String how : List.of(BY_AP, AT_RANDOM)) {
      layers.add(
          Layer.points(
              how,
              values(d -> d.readings().value(LOW_GAIN, how)),
              values(d -> d.readings().value(HIGH_GAIN, how))));
    }
    return List.of(
        Plot.of(
                PlotAxis.linear("gain in AUROC, low prevalence", ""),
                PlotAxis.linear("gain in AUROC, high prevalence", ""))
            .add(layers)
            .figure(
                "gains",
                "Gain in AUROC of two subgroups after mending "
                    + Numbers.grouped(experiment.fixes())
                    + " mistakes, a point a draw. Choosing mistakes by their gain in average"
                    + " precision serves the subgroup with more positives."));
  }

  /** One line: draws and the favour of average precision. */
  @Override
  public String toString() {
    return draws().size()
        + " draws; average precision favours the subgroup with more positives by "
        + favour()
        + " of AUROC";
  }

  private List<Finished<RankingTask>> draws() {
    return outcome.finished(RankingTask.class);
  }

  private double[] values(ToDoubleFunction<Finished<RankingTask>> value) {
    if (draws().isEmpty()) {
      throw new RunFailure("no draw of the ranking study finished, so nothing can be measured");
    }
    return draws().stream().mapToDouble(value).toArray();
  }

  private static double average(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }
}
