package reprise.dsl.chart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.knowm.xchart.XYChart;
import reprise.dsl.unit.Checks;

/**
 * The description of a chart: axes and layers. Immutable; {@link #chart()} makes the XChart object.
 *
 * <pre>{@code
 * Plot.of(PlotAxis.log("compute C", "FLOP"), PlotAxis.log("loss", "nats per token"))
 *     .add(Layer.line("d32", flops, losses).labelled())
 *     .add(Layer.horizontal("entropy", 1.69))
 *     .figure("loss", "Loss against compute.")
 * }</pre>
 *
 * @param title above the plot, or an empty text: a paper's figure has its caption
 * @param x the horizontal axis
 * @param y the vertical axis
 * @param ramp the third quantity that {@link Ink#at} colours by, shown as a colour bar
 * @param layers in drawing order
 * @param look light or dark
 * @param size of the figure
 */
public record Plot(
    String title,
    PlotAxis x,
    PlotAxis y,
    Optional<PlotAxis> ramp,
    List<Layer> layers,
    Look look,
    FigureSize size) {
  public Plot {
    Checks.present("plot title", title);
    Checks.present("x axis", x);
    Checks.present("y axis", y);
    Checks.present("look", look);
    Checks.present("figure size", size);
    layers = List.copyOf(layers);
  }

  /** An empty plot, light, of notebook size. */
  public static Plot of(PlotAxis x, PlotAxis y) {
    return new Plot("", x, y, Optional.empty(), List.of(), Look.LIGHT, FigureSize.NOTEBOOK);
  }

  public Plot title(String value) {
    return new Plot(value, x, y, ramp, layers, look, size);
  }

  /** With a colour bar for {@link Ink#at}. */
  public Plot ramp(PlotAxis value) {
    return new Plot(title, x, y, Optional.of(value), layers, look, size);
  }

  /** With these layers above those there are. */
  public Plot add(Layer... more) {
    return add(Arrays.asList(more));
  }

  /** With these layers above those there are. */
  public Plot add(List<? extends Layer> more) {
    List<Layer> all = new ArrayList<>(layers);
    all.addAll(more);
    return new Plot(title, x, y, ramp, all, look, size);
  }

  public Plot look(Look value) {
    return new Plot(title, x, y, ramp, layers, value, size);
  }

  public Plot size(FigureSize value) {
    return new Plot(title, x, y, ramp, layers, look, value);
  }

  /**
   * The XChart object, ready to be saved or restyled.
   *
   * @throws IllegalArgumentException when there is no layer, a number does not fit its axis, or a
   *     colour is asked of a ramp that is not there
   */
  public XYChart chart() {
    return PaperChart.of(this);
  }

  /** The chart with the name of its file and its caption. */
  public Figure figure(String name, String caption) {
    return new Figure(name, caption, chart());
  }
}
