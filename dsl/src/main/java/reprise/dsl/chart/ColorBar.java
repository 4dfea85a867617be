package reprise.dsl.chart;

import java.awt.Color;
import java.awt.geom.Rectangle2D;

/** The scale of the third quantity, right of the plot. */
record ColorBar(PlotAxis axis, Inks inks, Canvas canvas, Color ink) {
  private static final int STEPS = 60;

  double width() {
    return canvas.letters() * 5.6;
  }

  void paint(double right, double top, double bottom) {
    double em = canvas.letters();
    double x = right - em * 5.2;
    double end = bottom - (bottom - top) * .08;
    double start = top + (bottom - top) * .08;
    Span span = inks.ramp().orElseThrow().on(end, start);
    for (int i = 0; i < STEPS; i++) {
      double from = end + (start - end) * i / STEPS;
      double to = end + (start - end) * (i + 1) / STEPS;
      // half a pixel more, so that no seam shows
      canvas.fill(
          new Rectangle2D.Double(x, to - .5, em * .7, from - to + .5),
          inks.look().ramp((i + .5) / STEPS));
    }
    Ticks ticks = Ticks.of(span.log(), span.low(), span.high(), (int) ((end - start) / (em * 2.4)));
    double widest = 0;
    for (Ticks.Tick tick : ticks.major()) {
      double y = span.at(tick.value());
      canvas.line(x + em * .7, y, x + em * .95, y, inks.look().muted(), 1);
      canvas.text(tick.label(), canvas.small(), ink, x + em * 1.1, y, Canvas.Anchor.START);
      widest = Math.max(widest, canvas.width(tick.label(), canvas.small()));
    }
    canvas.upwards(axis.title(), canvas.small(), ink, x + em * 1.8 + widest, (start + end) / 2);
  }
}
