package reprise.dsl.compression;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import reprise.dsl.chart.Figure;
import reprise.dsl.chart.Layer;
import reprise.dsl.chart.Plot;
import reprise.dsl.chart.PlotAxis;
import reprise.dsl.claim.Measured;
import reprise.dsl.law.Points;
import reprise.dsl.result.Outcome;
import reprise.dsl.result.Result;
import reprise.dsl.unit.Flops;
import reprise.dsl.unit.Numbers;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * What published capacities say.
 *
 * @param experiment what was asked
 * @param outcome rows and points as they were read
 */
public record PublishedCapacityResult(PublishedCapacity experiment, Outcome outcome)
    implements Result {
  private static final int LEAST_SIZES = 3;

  /**
   * The points of a series in the figure.
   *
   * @param name of the series
   * @param flops of a token
   * @param capacities one a model
   */
  private record Series(String name, double[] flops, double[] capacities) {
    double spread() {
      var all = Arrays.stream(capacities).summaryStatistics();
      return all.getMax() - all.getMin();
    }
  }

  /** One row a series: models, mean, spread. */
  @Override
  public Table frame() {
    StringColumn name = StringColumn.create("series");
    IntColumn models = IntColumn.create("models");
    DoubleColumn mean = DoubleColumn.create("mean IC");
    DoubleColumn spread = DoubleColumn.create("largest less smallest");
    for (Series s : series()) {
      name.append(s.name());
      models.append(s.capacities().length);
      mean.append(Moments.mean(s.capacities()));
      spread.append(s.spread());
    }
    return Table.create("series", name, models, mean, spread);
  }

  /** The largest distance of the formula's value from a published one. */
  public Measured formulaError() {
    Points rows = rows();
    double worst = 0;
    for (int i = 0; i < rows.size(); i++) {
      Capacity c = new Capacity(at("text", i), at("loss", i), new Flops(at("flops", i)));
      worst = Math.max(worst, Math.abs(c.with(experiment.bias()) - at("ic", i)));
    }
    return Measured.exactly(worst, "largest of " + rows.size() + " published rows");
  }

  /** The widest spread within a series of three sizes or more over that of the series' means. */
  public Measured spreadWithinOverBetween() {
    List<Series> wide =
        series().stream().filter(s -> s.capacities().length >= LEAST_SIZES).toList();
    double within = wide.stream().mapToDouble(Series::spread).max().orElseThrow();
    var means = wide.stream().mapToDouble(s -> Moments.mean(s.capacities())).summaryStatistics();
    double between = means.getMax() - means.getMin();
    return Measured.exactly(
        within / between,
        wide.size()
            + " series; widest "
            + Numbers.significant(within, 3)
            + ", their means span "
            + Numbers.significant(between, 3));
  }

  /** Correlation of the bits of text of a token with the capacity, over the published rows. */
  public Measured correlationWithText() {
    return Measured.exactly(
        Moments.correlation(rows().column("text").values(), rows().column("ic").values()),
        rows().size() + " published rows");
  }

  /**
   * The largest relative distance of our count of operations from the figure's.
   *
   * @param series name in the figure
   * @param models in the figure's order of compute that we count
   * @param costs one a model
   */
  public Measured costError(String series, List<Integer> models, List<DecodingCost> costs) {
    Series found =
        series().stream()
            .filter(s -> s.name().equals(series))
            .findFirst()
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "the figure has no series "
                        + series
                        + "; it has "
                        + series().stream().map(Series::name).toList()));
    double[] sorted = Arrays.stream(found.flops()).sorted().toArray();
    double worst = 0;
    for (int i = 0; i < costs.size(); i++) {
      double drawn = sorted[models.get(i)];
      worst = Math.max(worst, Math.abs(costs.get(i).ofToken(STEPS).count() / drawn - 1));
    }
    return Measured.exactly(worst, "largest of " + costs.size() + " models of " + series);
  }

  /** Tokens over which the authors take the mean. */
  private static final int STEPS = 1024;

  private Points rows() {
    return outcome.table(PublishedCapacity.ROWS).points();
  }

  private double at(String column, int row) {
    return rows().column(column).value(row);
  }

  private List<Series> series() {
    Points points = outcome.table(PublishedCapacity.FIGURE).points();
    Map<String, List<Integer>> byName = new LinkedHashMap<>();
    IntStream.range(0, points.size())
        .forEach(
            i -> byName.computeIfAbsent(points.labels().get(i), n -> new ArrayList<>()).add(i));
    List<Series> all = new ArrayList<>();
    byName.forEach((name, at) ->
        all.add(new Series(name, values(points, "flops", at), values(points, "ic", at))));
    return all;
  }

  private static double[] values(Points points, String column, List<Integer> at) {
    return at.stream().mapToDouble(i -> points.column(column).value(i)).toArray();
  }

  @Override
  public List<Figure> charts() {
    List<Layer> layers = new ArrayList<>();
    for (Series s : series()) {
      if (s.capacities().length >= LEAST_SIZES) {
        layers.add(Layer.points(s.name(), s.flops(), s.capacities()));
      }
    }
    return List.of(
        Plot.of(
                PlotAxis.log("FLOP of a generated token", ""),
                PlotAxis.linear("information capacity", ""))
            .add(layers)
            .figure(
                "published-capacity",
                "Published information capacities of the series with three sizes or more, mixed"
                    + " text: nearly level within a series, apart between series."));
  }

  /** One line: how level the series are. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d series; spread within over spread between %s",
        series().size(),
        spreadWithinOverBetween());
  }
}
