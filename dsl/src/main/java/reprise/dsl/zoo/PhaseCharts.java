package reprise.dsl.zoo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import reprise.dsl.chart.Figure;
import reprise.dsl.chart.Ink;
import reprise.dsl.chart.Layer;
import reprise.dsl.chart.Plot;
import reprise.dsl.chart.PlotAxis;

/** Phase maps and maps of what decides the phases, each with the boundaries between phases. */
public final class PhaseCharts {
  private PhaseCharts() {}

  /** The map of phases, then maps of test accuracy, trace, connectivity and similarity. */
  public static List<Figure> of(PhaseMap map, String name) {
    List<Figure> figures = new ArrayList<>();
    if (map.classified() > 0) {
      figures.add(phases(map, name));
    }
    shaded(map, name + "-test", "test accuracy", "%", ZooCell::testAccuracy, figures);
    shaded(
        map,
        name + "-trace",
        "ln of the Hessian's trace",
        "",
        c -> c.landscape().trace() > 0 ? Math.log(c.landscape().trace()) : Double.NaN,
        figures);
    shaded(
        map,
        name + "-connectivity",
        "mode connectivity",
        "points",
        c -> c.landscape().connectivity(),
        figures);
    shaded(map, name + "-similarity", "CKA", "", c -> c.landscape().similarity(), figures);
    return figures;
  }

  private static Figure phases(PhaseMap map, String name) {
    List<Layer> layers = new ArrayList<>(boundary(map));
    for (Phase phase : Phase.ORDER) {
      List<ZooCell> of = map.of(phase);
      if (!of.isEmpty()) {
        layers.add(
            Layer.points(
                phase.label() + ": " + phase.meaning(),
                column(of, ZooCell::temperature),
                column(of, ZooCell::load)));
      }
    }
    return plot(map, layers)
        .figure(
            name,
            "The phase of every cell; lines are the boundaries. "
                + map.rule()
                + ". "
                + map.classified()
                + " of "
                + map.cells().size()
                + " cells have a phase.");
  }

  private static void shaded(
      PhaseMap map,
      String name,
      String label,
      String unit,
      ToDoubleFunction<ZooCell> value,
      List<Figure> into) {
    List<ZooCell> known =
        map.cells().stream().filter(c -> Double.isFinite(value.applyAsDouble(c))).toList();
    if (known.size() < 2) {
      return;
    }
    List<Layer> layers = new ArrayList<>(boundary(map));
    layers.add(
        Layer.shaded(
            "",
            column(known, ZooCell::temperature),
            column(known, ZooCell::load),
            column(known, value)));
    into.add(
        plot(map, layers)
            .ramp(PlotAxis.linear(label, unit))
            .figure(name, "The same cells by " + label + ", with the boundaries of the phases."));
  }

  private static Plot plot(PhaseMap map, List<Layer> layers) {
    return Plot.of(
            axis(map.temperatureName(), map.cells(), ZooCell::temperature),
            axis(map.loadName(), map.cells(), ZooCell::load))
        .add(layers);
  }

  private static PlotAxis axis(String name, List<ZooCell> cells, ToDoubleFunction<ZooCell> at) {
    boolean log = cells.stream().mapToDouble(at).allMatch(v -> v > 0);
    return log ? PlotAxis.log(name, "") : PlotAxis.linear(name, "");
  }

  private static double[] column(List<ZooCell> cells, ToDoubleFunction<ZooCell> value) {
    return cells.stream().mapToDouble(value).toArray();
  }

  /** Edges between neighbouring cells of different phases, as one broken line. */
  private static List<Layer> boundary(PhaseMap map) {
    double[] xs = levels(map, ZooCell::temperature);
    double[] ys = levels(map, ZooCell::load);
    List<Double> at = new ArrayList<>();
    List<Double> up = new ArrayList<>();
    for (int i = 0; i < xs.length; i++) {
      for (int j = 0; j < ys.length; j++) {
        if (i > 0 && differ(map, xs[i - 1], ys[j], xs[i], ys[j])) {
          double x = edge(xs, i);
          segment(at, up, x, edge(ys, j), x, edge(ys, j + 1));
        }
        if (j > 0 && differ(map, xs[i], ys[j - 1], xs[i], ys[j])) {
          double y = edge(ys, j);
          segment(at, up, edge(xs, i), y, edge(xs, i + 1), y);
        }
      }
    }
    if (at.isEmpty()) {
      return List.of();
    }
    return List.of(Layer.line("", array(at), array(up)).ink(Ink.MUTED));
  }

  private static boolean differ(PhaseMap map, double x1, double y1, double x2, double y2) {
    Optional<Phase> a = at(map, x1, y1);
    Optional<Phase> b = at(map, x2, y2);
    return a.isPresent() && b.isPresent() && !a.equals(b);
  }

  private static Optional<Phase> at(PhaseMap map, double x, double y) {
    return map.cells().stream()
        .filter(c -> c.temperature() == x && c.load() == y)
        .findFirst()
        .flatMap(map::phase);
  }

  private static void segment(
      List<Double> at, List<Double> up, double x1, double y1, double x2, double y2) {
    at.addAll(List.of(x1, x2, Double.NaN));
    up.addAll(List.of(y1, y2, Double.NaN));
  }

  /** The place between level i - 1 and level i; beyond the ends as far as the next level. */
  private static double edge(double[] levels, int i) {
    if (levels.length == 1) {
      return i == 0 ? levels[0] * 0.8 : levels[0] * 1.25;
    }
    boolean log = levels[0] > 0;
    double low = i == 0 ? levels[0] : levels[i - 1];
    double high = i == levels.length ? levels[i - 1] : levels[i];
    return log ? Math.sqrt(low * high) : (low + high) / 2;
  }

  private static double[] levels(PhaseMap map, ToDoubleFunction<ZooCell> value) {
    // a level without any phase would only cut the boundaries
    return map.cells().stream()
        .filter(c -> map.phase(c).isPresent())
        .mapToDouble(value)
        .distinct()
        .sorted()
        .toArray();
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
