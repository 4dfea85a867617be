package reprise.dsl.chart;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/** The range of numbers that an axis shows, from its layers; and whether they fit the axis. */
final class Extent {
  private static final double PAD = .04;

  private Extent() {}

  /** The range of an axis with a small margin at the ends that the axis leaves open. */
  static Span of(PlotAxis axis, List<Layer> layers, boolean horizontal) {
    boolean log = axis.logarithmic();
    double[] values =
        layers.stream()
            .flatMapToDouble(layer -> values(layer, horizontal))
            .filter(v -> Double.isFinite(v) && (!log || v > 0))
            .toArray();
    double low = axis.low().orElse(Arrays.stream(values).min().orElse(log ? 1 : 0));
    double high = axis.high().orElse(Arrays.stream(values).max().orElse(log ? 10 : 1));
    boolean fromZero =
        !horizontal && low == 0 && layers.stream().anyMatch(Layer.Bars.class::isInstance);
    if (!(low < high)) {
      // a single number: some room on both sides
      double room = log ? low * .5 : Math.max(Math.abs(low) * .1, 1e-9);
      low = axis.low().orElse(low - room);
      high = axis.high().orElse(Math.max(high, low) + room);
    }
    double width = log ? Math.log(high / low) : high - low;
    double least = axis.low().isPresent() || fromZero ? low : moved(low, -PAD * width, log);
    double most = axis.high().isPresent() ? high : moved(high, PAD * width, log);
    return new Span(least, most, log, 0, 1);
  }

  private static double moved(double value, double by, boolean log) {
    return log ? value * Math.exp(by) : value + by;
  }

  private static DoubleStream values(Layer layer, boolean horizontal) {
    return switch (layer) {
      case Layer.Line l -> values(l.at(), horizontal);
      case Layer.Shaded s -> values(s.at(), horizontal);
      case Layer.Points p ->
          horizontal
              ? values(p.at(), true)
              : DoubleStream.concat(
                  values(p.at(), false),
                  DoubleStream.concat(Arrays.stream(p.low()), Arrays.stream(p.high())));
      case Layer.Band b ->
          DoubleStream.concat(values(b.low(), horizontal), values(b.high(), horizontal));
      case Layer.Reference r ->
          r.vertical() == horizontal ? DoubleStream.of(r.value()) : DoubleStream.empty();
      case Layer.Bars b ->
          horizontal
              ? Arrays.stream(b.edges())
              : DoubleStream.concat(DoubleStream.of(0), Arrays.stream(b.heights()));
    };
  }

  private static DoubleStream values(Xy at, boolean horizontal) {
    return Arrays.stream(horizontal ? at.xs() : at.ys());
  }

  /** Refuses numbers that their axis cannot show; error bars and bands may run off a log axis. */
  static void check(Plot plot) {
    if (plot.layers().isEmpty()) {
      throw new IllegalArgumentException(
          "the plot of "
              + plot.y().title()
              + " against "
              + plot.x().title()
              + " has nothing to draw; add at least one layer");
    }
    for (Layer layer : plot.layers()) {
      switch (layer) {
        case Layer.Line l -> check(plot, l.name(), l.at());
        case Layer.Points p -> check(plot, p.name(), p.at());
        case Layer.Shaded s -> {
          check(plot, s.name(), s.at());
          needRamp(plot, s.name());
        }
        case Layer.Reference r -> check(r.vertical() ? plot.x() : plot.y(), r.name(), r.value(), 0);
        case Layer.Band b -> check(plot.x(), b.name(), b.low().x(0), 0);
        case Layer.Bars b -> check(plot.x(), b.name(), b.edges()[0], 0);
      }
      if (layer.ink() instanceof Ink.At) {
        needRamp(plot, layer.name());
      }
    }
  }

  private static void check(Plot plot, String name, Xy at) {
    for (int i = 0; i < at.size(); i++) {
      if (at.finite(i)) {
        check(plot.x(), name, at.x(i), i);
        check(plot.y(), name, at.y(i), i);
      }
    }
  }

  private static void check(PlotAxis axis, String name, double value, int index) {
    if (axis.logarithmic() && value <= 0) {
      throw new IllegalArgumentException(
          "series '"
              + name
              + "': number "
              + (index + 1)
              + " is "
              + value
              + ", which the log axis '"
              + axis.label()
              + "' cannot show; leave it out or use a linear axis");
    }
  }

  private static void needRamp(Plot plot, String name) {
    if (plot.ramp().isEmpty()) {
      throw new IllegalArgumentException(
          "series '"
              + name
              + "' is coloured by a third quantity, but the plot has no ramp;"
              + " name it with ramp(PlotAxis.log(..))");
    }
  }
}
