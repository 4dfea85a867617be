package reprise.dsl.chart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import reprise.dsl.law.Estimate;
import reprise.dsl.law.Fit;
import reprise.dsl.law.Input;
import reprise.dsl.law.IsoFlop;
import reprise.dsl.law.Law;
import reprise.dsl.law.Points;
import reprise.dsl.law.Valley;
import reprise.dsl.unit.Numbers;

/** Small multiples of fits: what one crowded plot hides. */
public final class PanelCharts {
  private static final int COLUMNS = 3;
  private static final int MOST = 12;
  private static final int ACROSS = 40;

  private PanelCharts() {}

  /** Whether {@link #ofSizes} can draw this fit: a law of N and D, two points a size. */
  public static boolean drawable(Fit fit) {
    if (!fit.plan().law().inputs().stream().map(Input::name).toList().equals(List.of("N", "D"))) {
      return false;
    }
    long sizes = Arrays.stream(fit.plan().points().column("N").values()).distinct().count();
    return sizes > 1 && fit.n() >= 2 * sizes;
  }

  /**
   * A plot a model size, all on the same axes: measured loss against tokens, and the fitted law
   * with its interval as a band. Of more than twelve sizes those with most points are drawn.
   *
   * @throws IllegalArgumentException for a law that is not one of N and D
   */
  public static Figure ofSizes(Fit fit) {
    if (!drawable(fit)) {
      throw new IllegalArgumentException(
          "small multiples over sizes need a law of N and D, two sizes and two points a size; got "
              + fit.plan().law().name()
              + " on "
              + fit.plan().points());
    }
    Points points = fit.plan().points();
    Law law = fit.plan().law();
    double[] d = points.column("D").values();
    double[] grid =
        Grid.log(
            Arrays.stream(d).min().orElseThrow(), Arrays.stream(d).max().orElseThrow(), ACROSS);
    double[] sizes = Arrays.stream(points.column("N").values()).sorted().distinct().toArray();
    List<Plot> plots = new ArrayList<>();
    for (double size : some(sizes, points)) {
      Points own = points.where(i -> points.column("N").value(i) == size);
      List<Estimate> curve = Arrays.stream(grid).mapToObj(t -> fit.predict(size, t)).toList();
      List<Layer> layers = new ArrayList<>();
      if (curve.stream().allMatch(e -> e.interval().known())) {
        layers.add(
            Layer.band(
                    "",
                    grid,
                    curve.stream().mapToDouble(e -> e.interval().low()).toArray(),
                    curve.stream().mapToDouble(e -> e.interval().high()).toArray())
                .ink(Ink.slot(0)));
      }
      layers.add(
          Layer.line("", grid, curve.stream().mapToDouble(Estimate::value).toArray())
              .ink(Ink.slot(0)));
      layers.add(
          Layer.points("", own.column("D").values(), own.column(law.output()).values())
              .ink(Ink.STRONG));
      plots.add(
          Plot.of(PlotAxis.log("tokens D", ""), PlotAxis.log("loss", ""))
              .title("N = " + Numbers.short3(size))
              .add(layers));
    }
    return Panels.of(COLUMNS, plots)
        .figure(
            "loss-by-size",
            "Loss against training tokens, a plot a model size ("
                + plots.size()
                + " of "
                + sizes.length
                + "): points and "
                + law.formula()
                + " as fitted"
                + (fit.samples().size() > 1
                    ? ", with its "
                        + Numbers.significant(100 * fit.plan().confidence(), 3)
                        + " % interval."
                    : "."));
  }

  /** A plot a compute budget, all on the same axes: the points, the valley, its minimum. */
  public static Figure valleys(IsoFlop isoFlop) {
    List<Plot> plots = new ArrayList<>();
    for (Valley valley : isoFlop.valleys()) {
      Points points = ValleyCharts.ofBudget(isoFlop, valley);
      double[] n = points.column("N").values();
      double[] grid =
          Grid.log(
              Arrays.stream(n).min().orElseThrow(), Arrays.stream(n).max().orElseThrow(), ACROSS);
      var curve =
          Layer.line("", grid, Arrays.stream(grid).map(valley::lossAt).toArray()).ink(Ink.slot(0));
      List<Layer> layers = new ArrayList<>();
      layers.add(valley.interior() ? curve : curve.dotted());
      layers.add(Layer.points("", n, points.column("loss").values()).ink(Ink.STRONG));
      if (valley.interior()) {
        layers.add(
            Layer.points("", new double[] {valley.params()}, new double[] {valley.loss()})
                .ink(Ink.slot(1))
                .mark(Layer.Mark.DIAMOND));
      }
      plots.add(
          Plot.of(PlotAxis.log("model size N", ""), PlotAxis.log("loss", ""))
              .title("C = " + TickText.power(ValleyCharts.round(valley.flops())))
              .add(layers));
    }
    return Panels.of(COLUMNS, plots)
        .figure(
            "valleys-by-budget",
            "Loss against model size, a plot a compute budget: points, the valley, and its minimum"
                + " where it lies inside the measured sizes; dotted where it does not.");
  }

  /** The sizes of most points, in increasing order. */
  private static double[] some(double[] sizes, Points points) {
    double[] n = points.column("N").values();
    return Arrays.stream(sizes)
        .boxed()
        .sorted(
            Comparator.comparingLong(
                    (Double size) -> -Arrays.stream(n).filter(x -> x == size).count())
                .thenComparing(Comparator.naturalOrder()))
        .limit(MOST)
        .mapToDouble(Double::doubleValue)
        .sorted()
        .toArray();
  }
}
