package reprise.dsl.chart;

import java.awt.Color;
import java.awt.Font;
import org.knowm.xchart.style.XYStyler;

/** Grid, axis lines, ticks and their labels, and the titles of the axes. */
record AxisPainter(Canvas canvas, XYStyler styler, Look look, Span xs, Span ys) {

  void grid(Ticks xTicks, Ticks yTicks) {
    Color color = styler.getPlotGridLinesColor();
    if (styler.isPlotGridVerticalLinesVisible()) {
      for (Ticks.Tick tick : xTicks.major()) {
        double x = xs.at(tick.value());
        canvas.line(x, ys.from(), x, ys.to(), color, 1);
      }
    }
    if (styler.isPlotGridHorizontalLinesVisible()) {
      for (Ticks.Tick tick : yTicks.major()) {
        double y = ys.at(tick.value());
        canvas.line(xs.from(), y, xs.to(), y, color, 1);
      }
    }
  }

  void frame(Ticks xTicks, Ticks yTicks) {
    Color line = look.muted();
    Color ink = styler.getChartFontColor();
    double em = canvas.letters();
    canvas.line(xs.from(), ys.from(), xs.to(), ys.from(), line, 1);
    canvas.line(xs.from(), ys.from(), xs.from(), ys.to(), line, 1);
    for (Ticks.Tick tick : xTicks.major()) {
      double x = xs.at(tick.value());
      canvas.line(x, ys.from(), x, ys.from() + em * .4, line, 1);
      canvas.text(tick.label(), canvas.font(), ink, x, ys.from() + em * 1.15, Canvas.Anchor.MIDDLE);
    }
    for (double value : xTicks.minor()) {
      double x = xs.at(value);
      canvas.line(x, ys.from(), x, ys.from() + em * .2, line, .8);
    }
    for (Ticks.Tick tick : yTicks.major()) {
      double y = ys.at(tick.value());
      canvas.line(xs.from() - em * .4, y, xs.from(), y, line, 1);
      canvas.text(tick.label(), canvas.font(), ink, xs.from() - em * .6, y, Canvas.Anchor.END);
    }
    for (double value : yTicks.minor()) {
      double y = ys.at(value);
      canvas.line(xs.from() - em * .2, y, xs.from(), y, line, .8);
    }
  }

  void titles(String x, String y, double height, double left) {
    Color ink = styler.getChartFontColor();
    double em = canvas.letters();
    if (!x.isEmpty()) {
      double middle = (xs.from() + xs.to()) / 2;
      canvas.text(x, canvas.font(), ink, middle, height - em * 1.0, Canvas.Anchor.MIDDLE);
    }
    if (!y.isEmpty()) {
      // a long title runs down beside the corner rather than up into the legend
      double room = height - ys.to() - em * .4;
      double full = canvas.width(y, canvas.font());
      Font font =
          full <= room
              ? canvas.font()
              : canvas.font().deriveFont((float) (canvas.letters() * room / full));
      double middle = Math.max((ys.from() + ys.to()) / 2, ys.to() + Math.min(full, room) / 2);
      canvas.upwards(y, font, ink, left - em * .95, middle);
    }
  }
}
