package reprise.dsl.chart;

import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.XYChart;
import reprise.dsl.unit.Checks;

/**
 * Small multiples: plots side by side on the same axes, so that the eye compares them. Immutable;
 * {@link #chart()} makes the XChart object.
 *
 * @param plots at least one, from left to right and top to bottom, each with its title
 * @param columns plots in a row
 * @param look light or dark
 * @param panel size of one plot
 */
public record Panels(List<Plot> plots, int columns, Look look, FigureSize panel) {
  private static final FigureSize PANEL = new FigureSize(220, 180, 10);
  private static final int LEAST_WIDTH = 160;
  private static final int LEAST_HEIGHT = 120;

  public Panels {
    plots = List.copyOf(plots);
    Checks.present("look", look);
    Checks.present("panel size", panel);
    if (plots.isEmpty() || columns < 1) {
      throw new IllegalArgumentException(
          "small multiples need at least one plot and one column, got "
              + plots.size()
              + " plots in "
              + columns
              + " columns");
    }
  }

  /** Plots in rows of {@code columns}, light, of notebook size; axes become those of all plots. */
  public static Panels of(int columns, List<Plot> plots) {
    List<Layer> layers = plots.stream().flatMap(p -> p.layers().stream()).toList();
    List<Plot> shared = new ArrayList<>();
    for (Plot plot : plots) {
      shared.add(
          new Plot(
              plot.title(),
              shared(plot.x(), layers, true),
              shared(plot.y(), layers, false),
              plot.ramp(),
              plot.layers(),
              Look.LIGHT,
              PANEL));
    }
    return new Panels(shared, Math.min(columns, plots.size()), Look.LIGHT, PANEL);
  }

  private static PlotAxis shared(PlotAxis axis, List<Layer> layers, boolean horizontal) {
    Span span = Extent.of(axis, layers, horizontal);
    return axis.range(span.low(), span.high());
  }

  /** Rows of plots. */
  public int rows() {
    return (plots.size() + columns - 1) / columns;
  }

  public Panels look(Look value) {
    return new Panels(plots, columns, value, panel);
  }

  /** Within a figure of that width: fewer columns where plots would become too narrow. */
  public Panels size(FigureSize whole) {
    int fit = Math.clamp(whole.width() / LEAST_WIDTH, 1, columns);
    int width = whole.width() / fit;
    int height = Math.max(LEAST_HEIGHT, width * panel.height() / panel.width());
    int letters = Math.min(whole.letters(), Math.max(8, width / 22));
    return new Panels(plots, fit, look, new FigureSize(width, height, letters));
  }

  /**
   * The XChart object, ready to be saved.
   *
   * @throws IllegalArgumentException for a plot that cannot be drawn
   */
  public XYChart chart() {
    return PanelChart.of(this);
  }

  /** The chart with the name of its file and its caption. */
  public Figure figure(String name, String caption) {
    return new Figure(name, caption, chart());
  }
}
