package reprise.dsl.densing;

import java.util.List;
import reprise.dsl.chart.Figure;
import reprise.dsl.chart.Ink;
import reprise.dsl.chart.Layer;
import reprise.dsl.chart.Plot;
import reprise.dsl.chart.PlotAxis;
import reprise.dsl.density.DensityTrend;
import reprise.dsl.density.ModelDensity;
import reprise.dsl.unit.Numbers;

/** Charts of density. */
final class DensityCharts {
  private static final PlotAxis DAY = PlotAxis.linear("time since Llama-1", "days");

  private DensityCharts() {}

  /** Density of every model against its date, the records, and their trend. */
  static Figure overTime(DensityTrend trend) {
    List<ModelDensity> envelope = trend.envelope();
    List<ModelDensity> rest = trend.models().stream().filter(m -> !m.record()).toList();
    double last = trend.models().stream().mapToDouble(ModelDensity::day).max().orElse(1);
    Plot plot = Plot.of(DAY, PlotAxis.log("density", "effective over actual parameters"));
    if (!rest.isEmpty()) {
      plot = plot.add(points("models", rest).ink(Ink.MUTED));
    }
    plot =
        plot.add(points("records", envelope).ink(Ink.STRONG))
            .add(
                Layer.line(
                        "trend of the records",
                        new double[] {0, last},
                        new double[] {trend.at(0), trend.at(last)})
                    .ink(Ink.STRONG)
                    .dashed());
    return plot.figure(
        "density-over-time",
        "Density by "
            + trend.plan().metric()
            + " with the ruler "
            + trend.plan().ruler()
            + ". The records double every "
            + Numbers.significant(trend.doublingDays(), 3)
            + " days (R2 "
            + Numbers.significant(trend.r2(), 3)
            + ").");
  }

  /** Doubling time of every set of choices with its interval. */
  static Figure sensitivity(List<DensityTrend> trends) {
    double[] at = new double[trends.size()];
    double[] days = new double[trends.size()];
    double[] low = new double[trends.size()];
    double[] high = new double[trends.size()];
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < at.length; i++) {
      DensityTrend t = trends.get(i);
      at[i] = i + 1;
      days[i] = t.doublingDays();
      low[i] = Math.log(2) / t.slope().interval().high();
      // a slope that may be zero has no longest doubling time
      high[i] =
          t.slope().interval().low() > 0
              ? Math.log(2) / t.slope().interval().low()
              : 10 * t.doublingDays();
      rows.append(i == 0 ? " " : "; ")
          .append(i + 1)
          .append(": ")
          .append(t.plan().metric())
          .append(", ")
          .append(t.plan().ruler())
          .append(", ")
          .append(t.plan().records().text())
          .append(t.plan().smallest() == 0 ? "" : ", " + Numbers.short3(t.plan().smallest()) + "+");
    }
    return Plot.of(PlotAxis.linear("choice", ""), PlotAxis.log("doubling time", "days"))
        .add(Layer.points("doubling time, 95 % interval", at, days).bars(low, high))
        .add(Layer.horizontal("the headline", days[0]))
        .figure("sensitivity", "The doubling time depends on the choices made." + rows + ".");
  }

  private static Layer.Points points(String name, List<ModelDensity> models) {
    return Layer.points(
        name,
        models.stream().mapToDouble(ModelDensity::day).toArray(),
        models.stream().mapToDouble(ModelDensity::density).toArray());
  }
}
