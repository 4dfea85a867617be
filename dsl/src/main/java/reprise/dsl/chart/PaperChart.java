package reprise.dsl.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Annotation;
import org.knowm.xchart.style.Styler;

/**
 * An XChart chart that paints itself as papers draw: proper log ticks, asymmetric error bars,
 * bands, labels at the ends of lines, a colour bar, and text that stays text.
 *
 * <p>It is a common {@link XYChart}: its series can be recoloured, disabled, removed and added to,
 * and titles, ground, grid and axis ranges follow the styler. What it does not paint is XChart's
 * own annotations; use {@link Layer}s.
 */
public final class PaperChart extends XYChart implements Drawing {
  private final transient Plot plot;
  private final transient Inks inks;
  private final transient Map<String, Layer> layers = new LinkedHashMap<>();

  private PaperChart(Plot plot) {
    super(plot.size().width(), plot.size().height());
    this.plot = plot;
    this.inks = Inks.of(plot);
  }

  static PaperChart of(Plot plot) {
    Extent.check(plot);
    PaperChart chart = new PaperChart(plot);
    chart.setTitle(plot.title());
    chart.setXAxisTitle(plot.x().title());
    chart.setYAxisTitle(plot.y().title());
    Styler styler = chart.getStyler();
    styler.setChartBackgroundColor(plot.look().ground());
    styler.setPlotBackgroundColor(plot.look().ground());
    styler.setChartFontColor(plot.look().ink());
    chart.getStyler().setPlotGridLinesColor(plot.look().grid());
    chart.getStyler().setXAxisLogarithmic(plot.x().logarithmic());
    chart.getStyler().setYAxisLogarithmic(plot.y().logarithmic());
    for (Layer layer : plot.layers()) {
      chart.enter(layer);
    }
    return chart;
  }

  private void enter(Layer layer) {
    String base = layer.name().isEmpty() ? "series" : layer.name();
    String key = base;
    for (int i = 2; layers.containsKey(key); i++) {
      key = base + " (" + i + ")";
    }
    layers.put(key, layer);
    Xy at =
        switch (layer) {
          case Layer.Line l -> l.at();
          case Layer.Points p -> p.at();
          case Layer.Shaded s -> s.at();
          case Layer.Band b -> b.low();
          case Layer.Bars b -> bars(b);
          case Layer.Reference r -> new Xy(new double[] {r.value()}, new double[] {r.value()});
        };
    XYSeries series = addSeries(key, at.xs(), at.ys());
    Color color = inks.of(layer);
    series.setLineColor(color);
    series.setMarkerColor(color);
    series.setFillColor(color);
    series.setLineStyle(Strokes.of(layer, plot.size().letters()));
  }

  private static Xy bars(Layer.Bars bars) {
    double[] middles = new double[bars.heights().length];
    for (int i = 0; i < middles.length; i++) {
      middles[i] = (bars.edges()[i] + bars.edges()[i + 1]) / 2;
    }
    return new Xy(middles, bars.heights());
  }

  /** The description it was made from, for instance to make it again in another look or size. */
  public Plot plot() {
    return plot;
  }

  @Override
  public XYChart look(Look look) {
    return plot.look(look).chart();
  }

  @Override
  public XYChart look(Look look, FigureSize size) {
    return plot.look(look).size(size).chart();
  }

  /** Not painted; says so at once. */
  @Override
  public void addAnnotation(Annotation annotation) {
    throw new UnsupportedOperationException(
        "this chart paints itself and knows no XChart annotations;"
            + " add a Layer, such as Layer.horizontal(\"entropy\", 1.69), to its plot()");
  }

  @Override
  public void paint(Graphics2D g, int width, int height) {
    setWidth(width);
    setHeight(height);
    Graphics2D own = (Graphics2D) g.create();
    try {
      new Picture(this, inks, drawn(), new Canvas(own, plot.size().letters())).paint();
    } finally {
      own.dispose();
    }
  }

  /** The layers that are enabled, in the colours their series now have, and series added since. */
  private List<Drawn> drawn() {
    List<Drawn> drawn = new ArrayList<>();
    layers.forEach((key, layer) -> {
      XYSeries series = getSeries(key);
      if (series != null && series.isEnabled()) {
        drawn.add(new Drawn(layer, series.getLineColor(), series.getLineStyle()));
      }
    });
    for (XYSeries series : getSeriesCollection()) {
      if (!layers.containsKey(series.getName()) && series.isEnabled()) {
        Layer line = Layer.line(series.getName(), series.getXData(), series.getYData());
        Color color =
            series.getLineColor() == null ? inks.hue(drawn.size()) : series.getLineColor();
        BasicStroke stroke = Strokes.of(line, plot.size().letters());
        drawn.add(new Drawn(line, color, stroke));
      }
    }
    return drawn;
  }

  /**
   * A layer as it is drawn now.
   *
   * @param layer what
   * @param color in which colour
   * @param stroke with which line
   */
  record Drawn(Layer layer, Color color, BasicStroke stroke) {}
}
