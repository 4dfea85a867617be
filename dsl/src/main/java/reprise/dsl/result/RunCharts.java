package reprise.dsl.result;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import reprise.dsl.chart.Figure;
import reprise.dsl.chart.FrontierCharts;
import reprise.dsl.chart.Ink;
import reprise.dsl.chart.Layer;
import reprise.dsl.chart.Plot;
import reprise.dsl.chart.PlotAxis;
import reprise.dsl.law.Fit;
import reprise.dsl.plan.TrainTask;
import reprise.dsl.result.RunOutcome.Finished;
import reprise.dsl.unit.Numbers;

/** Charts of training runs. */
public final class RunCharts {
  private static final PlotAxis COMPUTE = PlotAxis.log("training compute C", "FLOP");
  private static final PlotAxis LOSS = PlotAxis.log("loss", "nats per token");

  private RunCharts() {}

  /** Training curves over compute, a colour a model size; seeds of one run become a band. */
  public static Figure lossAgainstCompute(List<Finished<TrainTask>> runs, Layer... more) {
    return lossAgainstCompute(runs, Optional.empty(), more);
  }

  /** The same with the compute-optimal loss of a fitted law and its interval. */
  public static Figure lossAgainstCompute(List<Finished<TrainTask>> runs, Fit fit, Layer... more) {
    return lossAgainstCompute(runs, Optional.of(fit), more);
  }

  private static Figure lossAgainstCompute(
      List<Finished<TrainTask>> runs, Optional<Fit> fit, Layer... more) {
    List<Finished<TrainTask>> drawable = runs.stream().filter(r -> r.curve().size() >= 2).toList();
    if (drawable.isEmpty()) {
      throw new IllegalArgumentException(
          "loss against compute: none of "
              + runs.size()
              + " finished runs has a loss curve of two points or more; train longer or record"
              + " the loss more often");
    }
    TreeMap<Double, List<Finished<TrainTask>>> sizes =
        drawable.stream()
            .collect(
                Collectors.groupingBy(
                    r -> r.task().params().count(), TreeMap::new, Collectors.toList()));
    List<Layer> layers = new ArrayList<>();
    sizes.forEach((params, ofSize) -> layers.addAll(curves(params, ofSize)));
    fit.ifPresent(f -> layers.addAll(frontier(f, drawable)));
    layers.addAll(Arrays.asList(more));
    String seeds = seeds(sizes) > 1 ? " Bands span the seeds of a run." : "";
    String caption =
        "Training loss against compute, one colour a model size ("
            + drawable.size()
            + " runs of "
            + sizes.size()
            + " sizes)."
            + seeds
            + (fit.isPresent()
                ? " Dashed: the compute-optimal loss of the fitted law, with its 95 % interval."
                : "");
    return Plot.of(COMPUTE, LOSS)
        .ramp(PlotAxis.log("model size N", "parameters"))
        .add(layers)
        .figure("loss-against-compute", caption);
  }

  /** The curves of one size: a run a token count, its seeds together; the longest is named. */
  private static List<Layer> curves(double params, List<Finished<TrainTask>> runs) {
    Map<Long, List<Finished<TrainTask>>> lengths =
        runs.stream()
            .collect(
                Collectors.groupingBy(
                    r -> r.task().tokens().count(), TreeMap::new, Collectors.toList()));
    List<Layer> layers = new ArrayList<>();
    Ink ink = Ink.at(params);
    long longest = lengths.keySet().stream().mapToLong(Long::longValue).max().orElse(0);
    lengths.forEach((tokens, seeds) -> {
      Finished<TrainTask> first = seeds.getFirst();
      double perStep = 6 * params * first.task().optimisation().tokensPerStep();
      double[] flops =
          Arrays.stream(first.curve().steps()).mapToDouble(s -> perStep * Math.max(s, 1)).toArray();
      List<double[]> losses =
          seeds.stream()
              .filter(s -> Arrays.equals(s.curve().steps(), first.curve().steps()))
              .map(s -> s.curve().losses())
              .toList();
      double[] mean = new double[flops.length];
      double[] low = new double[flops.length];
      double[] high = new double[flops.length];
      for (int i = 0; i < mean.length; i++) {
        int at = i;
        var all = losses.stream().mapToDouble(l -> l[at]).summaryStatistics();
        mean[i] = all.getAverage();
        low[i] = all.getMin();
        high[i] = all.getMax();
      }
      if (losses.size() > 1) {
        layers.add(Layer.band("", flops, low, high).ink(ink));
      }
      var line = Layer.line(tokens == longest ? Numbers.short3(params) : "", flops, mean);
      layers.add(tokens == longest ? line.ink(ink).labelled() : line.ink(ink));
    });
    return layers;
  }

  /** The loss of the best allocation at each budget of the runs' range, by the fitted law. */
  private static List<Layer> frontier(Fit fit, List<Finished<TrainTask>> runs) {
    double low = Double.POSITIVE_INFINITY;
    double high = 0;
    for (Finished<TrainTask> run : runs) {
      int[] steps = run.curve().steps();
      double perStep = run.task().flops().count() / run.task().steps();
      low = Math.min(low, perStep * steps[steps.length / 4]);
      high = Math.max(high, run.task().flops().count());
    }
    return FrontierCharts.frontier(fit, low, high);
  }

  private static int seeds(Map<Double, List<Finished<TrainTask>>> sizes) {
    return sizes.values().stream()
        .flatMap(List::stream)
        .collect(
            Collectors.groupingBy(
                r -> r.task().params().count() + " " + r.task().tokens(), Collectors.counting()))
        .values()
        .stream()
        .mapToInt(Long::intValue)
        .max()
        .orElse(1);
  }
}
