package reprise.dsl.knowledge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import reprise.dsl.chart.Figure;
import reprise.dsl.chart.Ink;
import reprise.dsl.chart.Layer;
import reprise.dsl.chart.Plot;
import reprise.dsl.chart.PlotAxis;

/** Charts of knowledge capacity. */
final class CapacityCharts {
  private CapacityCharts() {}

  static List<Figure> of(CapacityResult result) {
    List<CapacityReading> whole = result.readings(task -> true);
    List<Figure> charts = new ArrayList<>();
    if (whole.stream().anyMatch(r -> r.bits() > 0)) {
      charts.add(bitsAgainstParameters(whole));
    }
    if (!whole.isEmpty() && result.experiment().exposures().size() > 1) {
      charts.add(ratioAgainstExposures(whole));
    }
    if (!whole.isEmpty() && result.experiment().reads().size() > 1) {
      charts.add(ratioAgainstBits(result.readings()));
    }
    return charts;
  }

  /** Bits learned against parameters, with lines of 1 and 2 bits a parameter and what there is. */
  private static Figure bitsAgainstParameters(List<CapacityReading> readings) {
    List<CapacityReading> drawn = readings.stream().filter(r -> r.bits() > 0).toList();
    List<Layer> layers = new ArrayList<>();
    double low = drawn.stream().mapToDouble(CapacityCharts::params).min().orElseThrow() / 1.5;
    double high = drawn.stream().mapToDouble(CapacityCharts::params).max().orElseThrow() * 1.5;
    double[] ends = {low, high};
    layers.add(
        Layer.line("2 bits a parameter", ends, new double[] {2 * low, 2 * high})
            .ink(Ink.MUTED)
            .labelled());
    layers.add(Layer.line("1 bit a parameter", ends, ends).ink(Ink.MUTED).dashed().labelled());
    layers.add(
        Layer.points(
                "all there is to know",
                xs(drawn),
                drawn.stream().mapToDouble(r -> r.task().facts().bits()).toArray())
            .mark(Layer.Mark.RING)
            .ink(Ink.MUTED));
    group(drawn, r -> r.task().exposures() + " exposures")
        .forEach((name, of) ->
            layers.add(
                Layer.points(
                    name, xs(of), of.stream().mapToDouble(CapacityReading::bits).toArray())));
    return Plot.of(PlotAxis.log("parameters P", ""), PlotAxis.log("knowledge", "bits"))
        .add(layers)
        .figure(
            "bits-against-parameters",
            "Bits that the losses prove, one point a run. Rings: all bits there are to know. A run"
                + " on its ring knows everything; the lines are 1 and 2 bits a parameter.");
  }

  private static Figure ratioAgainstExposures(List<CapacityReading> readings) {
    List<Layer> layers = new ArrayList<>();
    layers.add(Layer.horizontal("2 bits a parameter", 2));
    group(readings, r -> r.task().facts().label() + ", " + r.task().model().label())
        .forEach((name, of) -> {
          layers.add(means(name, of, r -> r.task().exposures()));
          layers.add(
              Layer.points(
                  name,
                  of.stream().mapToDouble(r -> r.task().exposures()).toArray(),
                  of.stream().mapToDouble(CapacityReading::ratio).toArray()));
        });
    return Plot.of(PlotAxis.log("exposures", ""), PlotAxis.linear("R", "bits a parameter"))
        .add(layers)
        .figure(
            "capacity-against-exposures",
            "Bits a parameter against how often each person was met; points are seeds, lines their"
                + " means.");
  }

  private static Figure ratioAgainstBits(List<CapacityReading> readings) {
    List<Layer> layers = new ArrayList<>();
    List<CapacityReading> nearest =
        readings.stream().filter(r -> !r.precision().feedback()).toList();
    group(nearest, r -> r.task().exposures() + " exposures")
        .forEach((name, of) ->
            layers.add(
                Layer.points(
                    name,
                    of.stream().mapToDouble(r -> r.precision().bits()).toArray(),
                    of.stream().mapToDouble(CapacityReading::share).toArray())));
    List<CapacityReading> gptq = readings.stream().filter(r -> r.precision().feedback()).toList();
    if (!gptq.isEmpty()) {
      layers.add(
          Layer.points(
                  "GPTQ",
                  gptq.stream().mapToDouble(r -> r.precision().bits() * 1.1).toArray(),
                  gptq.stream().mapToDouble(CapacityReading::share).toArray())
              .mark(Layer.Mark.DIAMOND));
    }
    return Plot.of(PlotAxis.log("bits of a weight", ""), PlotAxis.linear("R/R max", ""))
        .add(layers)
        .figure(
            "capacity-against-precision",
            "The share of all bits that is left when matrices are rounded. Below zero the model is"
                + " worse than guessing.");
  }

  private interface At {
    double of(CapacityReading reading);
  }

  private interface Name {
    String of(CapacityReading reading);
  }

  private static Layer means(String name, List<CapacityReading> of, At x) {
    Map<Double, Double> means =
        of.stream()
            .collect(
                Collectors.groupingBy(
                    x::of,
                    java.util.TreeMap::new,
                    Collectors.averagingDouble(CapacityReading::ratio)));
    return Layer.line(
        name,
        means.keySet().stream().mapToDouble(Double::doubleValue).toArray(),
        means.values().stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static Map<String, List<CapacityReading>> group(List<CapacityReading> all, Name name) {
    return all.stream()
        .collect(Collectors.groupingBy(name::of, LinkedHashMap::new, Collectors.toList()));
  }

  private static double params(CapacityReading reading) {
    return reading.task().params().count();
  }

  private static double[] xs(List<CapacityReading> readings) {
    return readings.stream().mapToDouble(CapacityCharts::params).toArray();
  }
}
