package reprise.dsl.attention;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import reprise.dsl.chart.Figure;
import reprise.dsl.chart.Ink;
import reprise.dsl.chart.Layer;
import reprise.dsl.chart.Plot;
import reprise.dsl.chart.PlotAxis;
import reprise.dsl.result.RunOutcome.Finished;
import reprise.dsl.unit.Numbers;

/** Charts of the entropy of attention. */
final class CollapseCharts {
  /** What is less is drawn there. */
  private static final double SMALLEST = 1e-3;

  private CollapseCharts() {}

  static List<Figure> of(CollapseResult result) {
    CollapseTask first = result.finished().getFirst().task();
    Layer collapsed = Layer.horizontal("0.1 ln T", CollapseRuns.threshold(first));
    String largest = Numbers.plain(result.experiment().rates().getLast());
    return List.of(
        byRate(result, PlotAxis.log("least entropy of a head", "nats"), CollapseRuns::least)
            .add(collapsed)
            .figure(
                "entropy-by-rate",
                "Least entropy of a head in the whole run, at least 0.001; lines are means of the"
                    + " seeds, points the seeds."),
        byRate(
                result,
                PlotAxis.log("rise of the training loss", "nats"),
                r -> Math.min(CollapseRuns.rise(r), 100))
            .add(Layer.horizontal("one nat", CollapseMeasures.SPIKE))
            .figure(
                "rise-by-rate",
                "Largest rise of the training loss above its least before; 100 where it was no"
                    + " number any more."),
        byRate(result, PlotAxis.linear("held-out loss", "nats"), CollapseRuns::loss)
            .figure("loss-by-rate", "Held-out loss at the end."),
        pattern(result, first),
        along(result)
            .add(collapsed)
            .figure(
                "entropy-along",
                "Least entropy of a head along training at learning rate "
                    + largest
                    + ", at least 0.001; a line a seed."));
  }

  private static Plot byRate(
      CollapseResult result, PlotAxis axis, ToDoubleFunction<Finished<CollapseTask>> value) {
    List<Layer> layers = new ArrayList<>();
    double[] rates =
        result.experiment().rates().stream().mapToDouble(Double::doubleValue).toArray();
    int slot = 0;
    for (MatrixScale scale : result.experiment().scales()) {
      Ink ink = Ink.slot(slot++);
      double[] means = new double[rates.length];
      List<Double> xs = new ArrayList<>();
      List<Double> ys = new ArrayList<>();
      for (int i = 0; i < rates.length; i++) {
        for (Finished<CollapseTask> run : result.runs(scale, rates[i])) {
          xs.add(rates[i]);
          ys.add(Math.max(value.applyAsDouble(run), SMALLEST));
        }
        means[i] =
            Math.max(
                result.runs(scale, rates[i]).stream()
                    .mapToDouble(value)
                    .average()
                    .orElse(Double.NaN),
                SMALLEST);
      }
      if (xs.isEmpty()) {
        continue;
      }
      layers.add(Layer.points("", array(xs), array(ys)).ink(ink));
      layers.add(Layer.line(scale.word(), rates, means).ink(ink));
    }
    return Plot.of(PlotAxis.log("learning rate", ""), axis).add(layers);
  }

  private static Figure pattern(CollapseResult result, CollapseTask first) {
    List<Layer> layers = new ArrayList<>();
    int slot = 0;
    for (MatrixScale scale : result.experiment().scales()) {
      Ink ink = Ink.slot(slot++);
      List<Finished<CollapseTask>> runs =
          result.finished().stream().filter(r -> r.task().scale() == scale).toList();
      if (!runs.isEmpty()) {
        layers.add(
            Layer.points(
                    scale.word(),
                    runs.stream()
                        .mapToDouble(r -> Math.max(CollapseRuns.least(r), SMALLEST))
                        .toArray(),
                    runs.stream()
                        .mapToDouble(r -> Math.max(Math.min(CollapseRuns.rise(r), 100), SMALLEST))
                        .toArray())
                .ink(ink));
      }
    }
    return Plot.of(
            PlotAxis.log("least entropy of a head", "nats"),
            PlotAxis.log("rise of the training loss", "nats"))
        .add(layers)
        .add(
            Layer.vertical("0.1 ln T", CollapseRuns.threshold(first)),
            Layer.horizontal("one nat", CollapseMeasures.SPIKE))
        .figure(
            "collapse-and-instability",
            "A point a run: collapsed runs lie to the left, unstable ones above.");
  }

  private static Plot along(CollapseResult result) {
    List<Layer> layers = new ArrayList<>();
    int slot = 0;
    for (MatrixScale scale : result.experiment().scales()) {
      Ink ink = Ink.slot(slot++);
      boolean named = false;
      for (Finished<CollapseTask> run : result.runs(scale, result.experiment().rates().getLast())) {
        CollapseTask task = run.task();
        double[] steps =
            IntStream.rangeClosed(0, task.looks()).mapToDouble(task::stepsAt).toArray();
        double[] least = CollapseRuns.along(run).map(v -> Math.max(v, SMALLEST)).toArray();
        layers.add(Layer.line(named ? "" : scale.word(), steps, least).ink(ink));
        named = true;
      }
    }
    return Plot.of(PlotAxis.linear("steps", ""), PlotAxis.log("least entropy of a head", "nats"))
        .add(layers);
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
