package reprise.dsl.chart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import reprise.dsl.law.IsoFlop;
import reprise.dsl.law.Points;
import reprise.dsl.law.Valley;
import reprise.dsl.unit.Numbers;

/** Charts of IsoFLOP analyses. */
public final class ValleyCharts {
  private static final PlotAxis SIZE = PlotAxis.log("model size N", "parameters");
  private static final PlotAxis COMPUTE = PlotAxis.log("training compute C", "FLOP");

  private ValleyCharts() {}

  /**
   * Loss against model size, one colour a budget: the measured points, the parabola, and its
   * minimum where that lies inside the measured sizes. A parabola without one is dotted.
   */
  public static Figure valleys(IsoFlop isoFlop, Layer... more) {
    requireValleys(isoFlop);
    List<Layer> layers = new ArrayList<>();
    List<Layer> minima = new ArrayList<>();
    for (Valley valley : isoFlop.valleys()) {
      Points points = ofBudget(isoFlop, valley);
      double[] n = points.column("N").values();
      Ink ink = Ink.at(valley.flops());
      double[] grid =
          Grid.log(Arrays.stream(n).min().orElseThrow(), Arrays.stream(n).max().orElseThrow(), 60);
      var parabola =
          Layer.line(
                  TickText.power(round(valley.flops())) + " FLOP",
                  grid,
                  Arrays.stream(grid).map(valley::lossAt).toArray())
              .ink(ink)
              .labelled();
      layers.add(valley.interior() ? parabola : parabola.dotted());
      layers.add(Layer.points("", n, points.column("loss").values()).ink(ink));
      if (valley.interior()) {
        minima.add(
            Layer.points(
                    "minimum inside the measured sizes",
                    new double[] {valley.params()},
                    new double[] {valley.loss()})
                .ink(Ink.STRONG)
                .mark(Layer.Mark.DIAMOND));
      }
    }
    layers.addAll(minima);
    layers.addAll(Arrays.asList(more));
    int open = isoFlop.valleys().size() - isoFlop.interior();
    return Plot.of(SIZE, PlotAxis.log("loss", "nats per token"))
        .ramp(COMPUTE)
        .add(layers)
        .figure(
            "isoflop-valleys",
            "Loss against model size at "
                + isoFlop.valleys().size()
                + " compute budgets: measured points and parabolas in log N."
                + (open == 0
                    ? ""
                    : " Dotted: "
                        + open
                        + (open == 1 ? " budget" : " budgets")
                        + " whose minimum is not inside the measured sizes."));
  }

  /** The best model size against compute, with its power law and exponents to compare with. */
  public static Figure optimalSize(IsoFlop isoFlop, Known... exponents) {
    requireValleys(isoFlop);
    List<Valley> inside = isoFlop.valleys().stream().filter(Valley::interior).toList();
    List<Valley> outside = isoFlop.valleys().stream().filter(v -> !v.interior()).toList();
    double[] all = isoFlop.valleys().stream().mapToDouble(Valley::flops).toArray();
    double[] grid =
        Grid.log(
            Arrays.stream(all).min().orElseThrow() / 1.5,
            Arrays.stream(all).max().orElseThrow() * 1.5,
            40);
    List<Layer> layers = new ArrayList<>();
    var exponent = isoFlop.exponent();
    boolean law = Double.isFinite(exponent.value());
    if (law) {
      // every line turns about the geometric mean of the budgets that were fitted
      double centre =
          Math.exp(inside.stream().mapToDouble(v -> Math.log(v.flops())).average().orElseThrow());
      double at = isoFlop.params().at(centre);
      String name = "exponent " + Numbers.significant(exponent.value(), 3);
      if (exponent.interval().known()) {
        double[] one = power(grid, centre, at, exponent.interval().low());
        double[] two = power(grid, centre, at, exponent.interval().high());
        layers.add(Layer.band(name, grid, least(one, two), most(one, two)).ink(Ink.slot(0)));
      }
      for (int i = 0; i < exponents.length; i++) {
        layers.add(
            Layer.line(
                    exponents[i].name() + ": " + Numbers.significant(exponents[i].value(), 3),
                    grid,
                    power(grid, centre, at, exponents[i].value()))
                .ink(Ink.slot(i + 1))
                .dashed());
      }
      layers.add(
          Layer.line(name, grid, power(grid, centre, at, exponent.value())).ink(Ink.slot(0)));
    }
    addMinima(layers, inside, "minimum of a valley", Layer.Mark.DOT);
    addMinima(layers, outside, "no minimum inside the sizes", Layer.Mark.RING);
    return Plot.of(COMPUTE, PlotAxis.log("best model size", "parameters"))
        .add(layers)
        .figure(
            "optimal-size",
            "The model size of least loss against compute, from "
                + inside.size()
                + " of "
                + isoFlop.valleys().size()
                + " budgets"
                + (law
                    ? ", with the power law through it and the interval of its exponent."
                    : "; too few for a power law."));
  }

  private static void addMinima(
      List<Layer> layers, List<Valley> valleys, String name, Layer.Mark m) {
    List<Valley> drawn =
        valleys.stream()
            .filter(v -> Double.isFinite(v.interior() ? v.params() : v.bestParams()))
            .toList();
    if (!drawn.isEmpty()) {
      layers.add(
          Layer.points(
                  name,
                  drawn.stream().mapToDouble(Valley::flops).toArray(),
                  drawn.stream()
                      .mapToDouble(v -> v.interior() ? v.params() : v.bestParams())
                      .toArray())
              .ink(m == Layer.Mark.DOT ? Ink.STRONG : Ink.MUTED)
              .mark(m));
    }
  }

  static Points ofBudget(IsoFlop isoFlop, Valley valley) {
    Points points = isoFlop.plan().points();
    var budgets = points.column("C");
    // points of one budget may lie up to 2 % above its least C, whose mean the valley names
    return points.where(i -> Math.abs(budgets.value(i) / valley.flops() - 1) < .02);
  }

  private static double[] power(double[] grid, double centre, double at, double exponent) {
    return Arrays.stream(grid).map(c -> at * Math.pow(c / centre, exponent)).toArray();
  }

  private static double[] least(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> Math.min(a[i], b[i])).toArray();
  }

  private static double[] most(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> Math.max(a[i], b[i])).toArray();
  }

  /** Two significant digits: a label, not a measurement. */
  static double round(double value) {
    double unit = Math.pow(10, Math.floor(Math.log10(value)) - 1);
    return Math.round(value / unit) * unit;
  }

  private static void requireValleys(IsoFlop isoFlop) {
    if (isoFlop.valleys().isEmpty()) {
      throw new IllegalArgumentException(
          "the IsoFLOP analysis has no valley to draw; give at least one budget with three sizes");
    }
  }
}
