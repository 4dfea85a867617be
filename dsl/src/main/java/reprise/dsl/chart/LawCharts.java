package reprise.dsl.chart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import reprise.dsl.law.Column;
import reprise.dsl.law.Fit;
import reprise.dsl.law.Points;
import reprise.dsl.unit.Numbers;

/** Charts of fitted laws. */
public final class LawCharts {
  private static final PlotAxis SIZE = PlotAxis.log("model size N", "parameters");

  private LawCharts() {}

  /** Relative residuals against the predicted loss, coloured by model size where there is one. */
  public static Figure residuals(Fit fit) {
    double[] measured = column(fit, fit.plan().law().output());
    double[] predicted = predicted(fit);
    double[] percent =
        IntStream.range(0, measured.length)
            .mapToDouble(i -> 100 * (measured[i] / predicted[i] - 1))
            .toArray();
    double[] sorted = Arrays.stream(percent).map(Math::abs).sorted().toArray();
    double typical = sorted[sorted.length / 2];
    Plot plot =
        Plot.of(
            PlotAxis.log("loss predicted by " + fit.plan().law().name(), "nats per token"),
            PlotAxis.linear("measured above predicted", "%"));
    Layer zero = Layer.line("", range(predicted), new double[] {0, 0}).ink(Ink.MUTED).dashed();
    Points points = fit.plan().points();
    Plot drawn =
        points.has("N")
            ? plot.ramp(SIZE)
                .add(zero)
                .add(Layer.shaded("", predicted, percent, points.column("N").values()))
            : plot.add(zero).add(Layer.points("", predicted, percent));
    return drawn.figure(
        "residuals",
        "Residuals of "
            + fit.plan().law().formula()
            + " on "
            + fit.n()
            + " points; half of them are within "
            + Numbers.significant(typical, 2)
            + " %.");
  }

  /** Measured loss against tokens, a colour a model size, with the curves of the fitted law. */
  public static Figure lossAgainstTokens(Fit fit, Layer... more) {
    if (!fit.plan().law().inputs().stream().map(i -> i.name()).toList().equals(List.of("N", "D"))) {
      throw new IllegalArgumentException(
          "loss against tokens needs a law of N and D; "
              + fit.plan().law().name()
              + " takes "
              + fit.plan().law().inputs().stream().map(i -> i.name()).toList());
    }
    double[] n = column(fit, "N");
    double[] d = column(fit, "D");
    double[] loss = column(fit, fit.plan().law().output());
    List<Layer> layers = new ArrayList<>();
    double[] grid = Grid.log(Arrays.stream(d).min().orElseThrow(), max(d), 60);
    for (double size : FrontierCharts.spread(n)) {
      double[] curve =
          Arrays.stream(grid).map(x -> fit.plan().law().predict(fit.values(), size, x)).toArray();
      layers.add(Layer.line(Numbers.short3(size), grid, curve).ink(Ink.at(size)).labelled());
    }
    layers.add(Layer.shaded("", d, loss, n));
    layers.addAll(Arrays.asList(more));
    return Plot.of(PlotAxis.log("training tokens D", ""), PlotAxis.log("loss", "nats per token"))
        .ramp(SIZE)
        .add(layers)
        .figure(
            "loss-against-tokens",
            "Loss against training tokens: "
                + fit.n()
                + " points coloured by model size, and "
                + fit.plan().law().formula()
                + " as fitted, at "
                + FrontierCharts.spread(n).length
                + " of the sizes.");
  }

  /** The bootstrap replicates of two constants, the estimate, and points to compare with. */
  public static Figure bootstrap(Fit fit, String first, String second, Layer... more) {
    List<String> names = fit.plan().law().constantNames();
    int i = index(fit, names, first);
    int j = index(fit, names, second);
    double[] xs = fit.samples().of(c -> c[i]);
    double[] ys = fit.samples().of(c -> c[j]);
    requireReplicates(fit, xs);
    String replicates = fit.samples().size() + " bootstrap replicates";
    return Plot.of(axis(first, xs), axis(second, ys))
        .add(Layer.points(replicates, xs, ys).ink(Ink.slot(0)))
        .add(
            Layer.points(
                    "estimate",
                    new double[] {fit.constant(first).value()},
                    new double[] {fit.constant(second).value()})
                .mark(Layer.Mark.STAR)
                .ink(Ink.slot(1)))
        .add(more)
        .figure(
            "bootstrap-" + slug(first) + "-" + slug(second),
            first
                + " and "
                + second
                + " in "
                + replicates
                + " of "
                + fit.plan().law().formula()
                + ", and the estimate from all points.");
  }

  /** The bootstrap distribution of a constant or derived quantity, with its interval. */
  public static Figure distribution(Fit fit, String name, Known... known) {
    List<String> names = fit.plan().law().constantNames();
    boolean constant = names.contains(name);
    double[] values =
        constant
            ? fit.samples().of(c -> c[names.indexOf(name)])
            : fit.samples()
                .of(
                    fit.plan().law().derived().stream()
                        .filter(q -> q.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> unknown(fit, name))
                        .of());
    requireReplicates(fit, values);
    var estimate = constant ? fit.constant(name) : fit.derived(name);
    double[] edges = Grid.edges(values);
    List<Layer> layers = new ArrayList<>();
    layers.add(Layer.bars("bootstrap replicates", edges, Grid.counts(values, edges)));
    double top = max(Grid.counts(values, edges));
    if (estimate.interval().known()) {
      double[] ends = {estimate.interval().low(), estimate.interval().high()};
      layers.add(
          Layer.line(
                  Numbers.significant(100 * fit.plan().confidence(), 3) + " % interval",
                  ends,
                  new double[] {top * 1.06, top * 1.06})
              .ink(Ink.STRONG));
    }
    layers.add(Layer.vertical("estimate", estimate.value()).ink(Ink.STRONG));
    for (Known reference : known) {
      layers.add(Layer.vertical(reference.name(), reference.value()).ink(Ink.slot(1)));
    }
    return Plot.of(PlotAxis.linear(name, ""), PlotAxis.linear("replicates", "").range(0, top * 1.3))
        .add(layers)
        .figure(
            "distribution-" + slug(name),
            name
                + " in "
                + values.length
                + " bootstrap replicates of "
                + fit.plan().law().formula()
                + ".");
  }

  private static PlotAxis axis(String name, double[] values) {
    var range = Arrays.stream(values).summaryStatistics();
    boolean wide = range.getMin() > 0 && range.getMax() / range.getMin() > 10;
    return wide ? PlotAxis.log(name, "") : PlotAxis.linear(name, "");
  }

  private static double[] predicted(Fit fit) {
    List<double[]> inputs =
        fit.plan().law().inputs().stream().map(in -> column(fit, in.name())).toList();
    double[] values = fit.values();
    return IntStream.range(0, fit.n())
        .mapToDouble(i -> {
          double[] at = inputs.stream().mapToDouble(in -> in[i]).toArray();
          return fit.plan().law().predict(values, at);
        })
        .toArray();
  }

  private static double[] column(Fit fit, String name) {
    Column column = fit.plan().points().column(name);
    return column.values();
  }

  private static double[] range(double[] values) {
    return new double[] {Arrays.stream(values).min().orElseThrow(), max(values)};
  }

  private static double max(double[] values) {
    return Arrays.stream(values).max().orElseThrow();
  }

  private static int index(Fit fit, List<String> names, String name) {
    if (!names.contains(name)) {
      throw unknown(fit, name);
    }
    return names.indexOf(name);
  }

  private static IllegalArgumentException unknown(Fit fit, String name) {
    return new IllegalArgumentException(
        fit.plan().law().name()
            + " has no constant or derived quantity '"
            + name
            + "'; it has "
            + fit.plan().law().constantNames()
            + " and "
            + fit.plan().law().derived().stream().map(q -> q.name()).toList());
  }

  private static void requireReplicates(Fit fit, double[] values) {
    if (values.length < 2) {
      throw new IllegalArgumentException(
          "the fit of "
              + fit.plan().law().name()
              + " has "
              + values.length
              + " bootstrap replicates; fit with bootstrap(1000, 42) to draw their distribution");
    }
  }

  private static String slug(String name) {
    String slug = name.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]+", "");
    return slug.isEmpty() ? "constant" : slug;
  }
}
