package reprise.dsl.chart;

import java.awt.Color;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.DoubleStream;

/** Turns inks into colours: the look, the slots of automatic colours, the range of the ramp. */
record Inks(Look look, Map<String, Integer> slots, Optional<Span> ramp) {

  static Inks of(Plot plot) {
    Set<Integer> taken = new HashSet<>();
    for (Layer layer : plot.layers()) {
      if (layer.ink() instanceof Ink.Slot slot) {
        taken.add(slot.index());
      }
    }
    Map<String, Integer> slots = new LinkedHashMap<>();
    int next = 0;
    for (Layer layer : plot.layers()) {
      if (layer.ink() instanceof Ink.Auto && !slots.containsKey(layer.name())) {
        while (taken.contains(next)) {
          next++;
        }
        slots.put(layer.name(), next++);
      }
    }
    return new Inks(plot.look(), slots, plot.ramp().map(axis -> range(axis, plot.layers())));
  }

  private static Span range(PlotAxis axis, List<Layer> layers) {
    double[] values =
        layers.stream()
            .flatMapToDouble(layer ->
                layer instanceof Layer.Shaded s
                    ? Arrays.stream(s.by())
                    : layer.ink() instanceof Ink.At at
                        ? DoubleStream.of(at.value())
                        : DoubleStream.empty())
            .filter(v -> Double.isFinite(v) && (!axis.logarithmic() || v > 0))
            .toArray();
    double low = axis.low().orElse(Arrays.stream(values).min().orElse(1));
    double high = axis.high().orElse(Arrays.stream(values).max().orElse(10));
    if (!(low < high)) {
      low = axis.logarithmic() ? low / 2 : low - .5;
      high = axis.logarithmic() ? high * 2 : high + .5;
    }
    return new Span(low, high, axis.logarithmic(), 0, 1);
  }

  Color of(Layer layer) {
    return switch (layer.ink()) {
      case Ink.Auto a -> hue(slots.getOrDefault(layer.name(), 0));
      case Ink.Slot s -> hue(s.index());
      case Ink.At at -> at(at.value());
      case Ink.Strong s -> look.ink();
      case Ink.Muted m -> look.muted();
    };
  }

  Color at(double value) {
    return ramp.map(r -> look.ramp(r.share(value))).orElse(look.muted());
  }

  Color hue(int slot) {
    return look.palette().get(Math.floorMod(slot, look.palette().size()));
  }
}
