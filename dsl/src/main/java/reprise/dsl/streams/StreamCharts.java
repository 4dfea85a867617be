package reprise.dsl.streams;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import reprise.dsl.chart.Figure;
import reprise.dsl.chart.Ink;
import reprise.dsl.chart.Layer;
import reprise.dsl.chart.Plot;
import reprise.dsl.chart.PlotAxis;
import reprise.dsl.result.RunOutcome.Finished;

/** Charts of parallel scaling: streams of one width as a line, plain decoders as another. */
final class StreamCharts {
  private static final PlotAxis LOSS = PlotAxis.linear("held-out loss", "nats per token");

  private StreamCharts() {}

  static List<Figure> of(ParallelResult result) {
    List<Finished<StreamTask>> runs = result.trained();
    return List.of(
        draw(runs, PlotAxis.log("parameters N without embeddings", ""), t -> t.params().count())
            .figure(
                "loss-against-parameters",
                "Loss against parameters, those of aggregator and prefixes included. Line of plain"
                    + " decoders: more parameters; other lines: more streams through one width;"
                    + " points are seeds. Streams are worth their extra parameters where they lie"
                    + " below the plain line."),
        draw(runs, PlotAxis.log("training compute C", "FLOP"), t -> t.flops().count())
            .figure(
                "loss-against-compute",
                "The same losses against training compute, which P streams multiply by P. Where"
                    + " they lie above the plain line, parameters are the better buy."));
  }

  private static Plot draw(
      List<Finished<StreamTask>> runs, PlotAxis x, ToDoubleFunction<StreamTask> at) {
    List<Layer> layers = new ArrayList<>();
    add(layers, "plain decoders", Ink.MUTED, runs.stream().filter(r -> plain(r)).toList(), at);
    Map<Integer, List<Finished<StreamTask>>> widths =
        runs.stream()
            .filter(r -> !plain(r))
            .collect(
                Collectors.groupingBy(
                    r -> r.task().model().width(), TreeMap::new, Collectors.toList()));
    int slot = 0;
    for (var width : widths.entrySet()) {
      List<Finished<StreamTask>> line = new ArrayList<>(width.getValue());
      runs.stream()
          .filter(r -> plain(r) && r.task().model().width() == width.getKey())
          .forEach(line::add);
      String name = "1 to " + most(line) + " streams, width " + width.getKey();
      add(layers, name, Ink.slot(slot++), line, at);
    }
    return Plot.of(x, LOSS).add(layers);
  }

  private static boolean plain(Finished<StreamTask> run) {
    return run.task().streams() == 1;
  }

  private static int most(List<Finished<StreamTask>> runs) {
    return runs.stream().mapToInt(r -> r.task().streams()).max().orElseThrow();
  }

  private static void add(
      List<Layer> layers,
      String name,
      Ink ink,
      List<Finished<StreamTask>> runs,
      ToDoubleFunction<StreamTask> at) {
    Map<Double, Double> means =
        runs.stream()
            .collect(
                Collectors.groupingBy(
                    r -> at.applyAsDouble(r.task()),
                    TreeMap::new,
                    Collectors.averagingDouble(Finished::loss)));
    layers.add(Layer.line(name, array(means.keySet()), array(means.values())).ink(ink));
    layers.add(
        Layer.points(
                name,
                runs.stream().mapToDouble(r -> at.applyAsDouble(r.task())).toArray(),
                runs.stream().mapToDouble(Finished::loss).toArray())
            .ink(ink));
  }

  private static double[] array(java.util.Collection<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
