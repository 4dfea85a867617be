package reprise.dsl.chart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import reprise.dsl.law.AllocationEstimate;
import reprise.dsl.law.ComputeOptimal;
import reprise.dsl.law.Fit;
import reprise.dsl.law.Law;
import reprise.dsl.law.Points;
import reprise.dsl.unit.Numbers;

/** Charts over training compute C = 6 N D. */
public final class FrontierCharts {
  private static final String OPTIMAL = "compute-optimal, fitted";
  private static final int CURVES = 7;
  private static final int ACROSS = 60;

  private FrontierCharts() {}

  /** Whether {@link #lossAgainstCompute} can draw this fit. */
  public static boolean drawable(Fit fit) {
    return fit.plan().law() instanceof ComputeOptimal
        && fit.plan().points().has("N")
        && fit.plan().points().has("D");
  }

  /**
   * Measured loss against compute, a colour a model size, with the curves of the fitted law and the
   * loss of the best size at every budget, its interval as a band: the picture of Hoffmann et al.
   * 2022, figure 2.
   *
   * @throws IllegalArgumentException for a law without a compute-optimal allocation
   */
  public static Figure lossAgainstCompute(Fit fit) {
    if (!drawable(fit)) {
      throw new IllegalArgumentException(
          "loss against compute needs a law of N and D that says what is compute-optimal; "
              + fit.plan().law().name()
              + " does not");
    }
    Points points = fit.plan().points();
    Law law = fit.plan().law();
    double[] n = points.column("N").values();
    double[] d = points.column("D").values();
    double[] c = IntStream.range(0, n.length).mapToDouble(i -> 6 * n[i] * d[i]).toArray();
    double low = Arrays.stream(c).min().orElseThrow();
    double high = Arrays.stream(c).max().orElseThrow();
    double least = Arrays.stream(d).min().orElseThrow();
    double most = Arrays.stream(d).max().orElseThrow();
    List<Layer> layers = new ArrayList<>();
    for (double size : spread(n)) {
      double[] tokens = Grid.log(least, most, ACROSS);
      double[] flops = Arrays.stream(tokens).map(t -> 6 * size * t).toArray();
      double[] loss = Arrays.stream(tokens).map(t -> law.predict(fit.values(), size, t)).toArray();
      layers.add(Layer.line(Numbers.short3(size), flops, loss).ink(Ink.at(size)).labelled());
    }
    layers.add(Layer.shaded("", c, points.column(law.output()).values(), n));
    layers.addAll(frontier(fit, low, high));
    return Plot.of(
            PlotAxis.log("training compute C", "FLOP"), PlotAxis.log("loss", "nats per token"))
        .ramp(PlotAxis.log("model size N", "parameters"))
        .add(layers)
        .figure(
            "loss-against-compute",
            "Loss against compute C = 6 N D: "
                + fit.n()
                + " points coloured by model size with "
                + law.formula()
                + " as fitted. Dashed: the loss of the best size at every budget"
                + (fit.samples().size() > 1
                    ? ", with its "
                        + Numbers.significant(100 * fit.plan().confidence(), 3)
                        + " % interval."
                    : "."));
  }

  /** The loss of the best allocation at each budget, with its band where it was bootstrapped. */
  public static List<Layer> frontier(Fit fit, double low, double high) {
    double[] budgets = Grid.log(low, high, ACROSS);
    List<AllocationEstimate> best = Arrays.stream(budgets).mapToObj(fit::allocation).toList();
    double[] loss = best.stream().mapToDouble(b -> b.loss().value()).toArray();
    List<Layer> layers = new ArrayList<>();
    if (best.stream().allMatch(b -> b.loss().interval().known())) {
      layers.add(
          Layer.band(
                  OPTIMAL,
                  budgets,
                  best.stream().mapToDouble(b -> b.loss().interval().low()).toArray(),
                  best.stream().mapToDouble(b -> b.loss().interval().high()).toArray())
              .ink(Ink.STRONG));
    }
    layers.add(Layer.line(OPTIMAL, budgets, loss).ink(Ink.STRONG).dashed());
    return layers;
  }

  /** At most a handful of the distinct sizes, evenly among them, the ends included. */
  static double[] spread(double[] sizes) {
    double[] distinct = Arrays.stream(sizes).sorted().distinct().toArray();
    int count = Math.min(CURVES, distinct.length);
    return IntStream.range(0, count)
        .mapToDouble(i ->
            distinct[count == 1 ? 0 : (int) Math.round(i * (distinct.length - 1.0) / (count - 1))])
        .toArray();
  }
}
