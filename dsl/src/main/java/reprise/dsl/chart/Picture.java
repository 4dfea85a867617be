package reprise.dsl.chart;

import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Optional;
import org.knowm.xchart.style.XYStyler;

/** Paints a chart: decides what goes where, then draws from back to front. */
final class Picture {
  private final PaperChart chart;
  private final Plot plot;
  private final Inks inks;
  private final List<PaperChart.Drawn> drawn;
  private final Canvas canvas;
  private final double em;

  Picture(PaperChart chart, Inks inks, List<PaperChart.Drawn> drawn, Canvas canvas) {
    this.chart = chart;
    this.plot = chart.plot();
    this.inks = inks;
    this.drawn = drawn;
    this.canvas = canvas;
    this.em = canvas.letters();
  }

  void paint() {
    XYStyler styler = chart.getStyler();
    Color ink = styler.getChartFontColor();
    double width = chart.getWidth();
    double height = chart.getHeight();
    canvas.fill(new Rectangle2D.Double(0, 0, width, height), styler.getChartBackgroundColor());

    boolean titled = styler.isChartTitleVisible() && !chart.getTitle().isEmpty();
    EndLabels ends = EndLabels.of(drawn, canvas, height * .62);
    Legend legend =
        styler.isLegendVisible()
            ? Legend.of(drawn, ends, canvas, width - 1.6 * em)
            : Legend.none(canvas);
    Optional<ColorBar> bar =
        plot.ramp()
            .filter(axis -> !ends.tellColours())
            .map(axis -> new ColorBar(axis, inks, canvas, ink));

    double top = em * .7 + (titled ? em * 1.7 : 0) + legend.height();
    double bottom = height - em * (chart.getXAxisTitle().isEmpty() ? 2.2 : 3.6);
    double right =
        width
            - Math.max(em * 1.2, ends.width() + (ends.width() > 0 ? em * .9 : 0))
            - bar.map(ColorBar::width).orElse(0.0);

    Span ys = range(plot.y(), false).on(bottom, top);
    Ticks yTicks = Ticks.of(ys.log(), ys.low(), ys.high(), (int) ((bottom - top) / (em * 2.4)));
    double labels =
        yTicks.major().stream()
            .mapToDouble(t -> canvas.width(t.label(), canvas.font()))
            .max()
            .orElse(0);
    double left = em * (chart.getYAxisTitle().isEmpty() ? .6 : 2.1) + labels + em * .8;
    Span xs = range(plot.x(), true).on(left, right);
    Ticks xTicks = fitting(xs);

    AxisPainter axes = new AxisPainter(canvas, styler, inks.look(), xs, ys);
    axes.grid(xTicks, yTicks);
    LayerPainter painter = new LayerPainter(canvas, inks, xs, ys);
    painter.paint(drawn);
    axes.frame(xTicks, yTicks);
    axes.titles(chart.getXAxisTitle(), chart.getYAxisTitle(), height, left - labels - em * .8);
    painter.references(drawn);
    ends.paint(xs, ys);
    bar.ifPresent(b -> b.paint(width, top, bottom));
    if (titled) {
      canvas.text(chart.getTitle(), canvas.bold(), ink, left, em * 1.35, Canvas.Anchor.START);
    }
    legend.paint(em * .9, em * .7 + (titled ? em * 1.7 : 0), ink, inks.look().ground());
  }

  /** The axis' own range, unless the styler overrides it. */
  private Span range(PlotAxis axis, boolean horizontal) {
    XYStyler styler = chart.getStyler();
    boolean log = horizontal ? styler.isXAxisLogarithmic() : styler.isYAxisLogarithmic();
    Double low = horizontal ? styler.getXAxisMin() : styler.getYAxisMin();
    Double high = horizontal ? styler.getXAxisMax() : styler.getYAxisMax();
    PlotAxis.Kind kind = log ? PlotAxis.Kind.LOG : PlotAxis.Kind.LINEAR;
    PlotAxis now =
        new PlotAxis(
            axis.label(),
            axis.unit(),
            kind,
            low == null ? axis.low() : java.util.OptionalDouble.of(low),
            high == null ? axis.high() : java.util.OptionalDouble.of(high));
    return Extent.of(now, drawn.stream().map(PaperChart.Drawn::layer).toList(), horizontal);
  }

  /** As many x labels as stand side by side without touching. */
  private Ticks fitting(Span xs) {
    int most = Math.max(2, (int) ((xs.to() - xs.from()) / (em * 4)));
    for (int count = most; count > 2; count--) {
      Ticks ticks = Ticks.of(xs.log(), xs.low(), xs.high(), count);
      if (apart(ticks, xs)) {
        return ticks;
      }
    }
    return Ticks.of(xs.log(), xs.low(), xs.high(), 2);
  }

  private boolean apart(Ticks ticks, Span xs) {
    double end = Double.NEGATIVE_INFINITY;
    for (Ticks.Tick tick : ticks.major()) {
      double half = canvas.width(tick.label(), canvas.font()) / 2;
      double at = xs.at(tick.value());
      if (at - half < end + em * .7) {
        return false;
      }
      end = at + half;
    }
    return true;
  }
}
