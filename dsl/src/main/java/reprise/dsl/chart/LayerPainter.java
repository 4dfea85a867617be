package reprise.dsl.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/** Draws layers inside the axes, the pale ones first. */
record LayerPainter(Canvas canvas, Inks inks, Span xs, Span ys) {
  /** Points of all lines and bands together: a sweep of a hundred runs stays a small file. */
  private static final int POINTS = 10_000;

  void paint(List<PaperChart.Drawn> drawn) {
    Shape before = canvas.g.getClip();
    canvas.g.clip(
        new Rectangle2D.Double(
            xs.from() - 1, ys.to() - 1, xs.to() - xs.from() + 2, ys.from() - ys.to() + 2));
    int most = each(drawn);
    for (PaperChart.Drawn d : drawn) {
      switch (d.layer()) {
        case Layer.Band b -> band(b, d.color(), most);
        case Layer.Bars b -> bars(b, d.color());
        default -> {}
      }
    }
    for (PaperChart.Drawn d : drawn) {
      if (d.layer() instanceof Layer.Reference r) {
        reference(r, d);
      }
    }
    for (PaperChart.Drawn d : drawn) {
      if (d.layer() instanceof Layer.Line l) {
        canvas.draw(path(l.at().pick(Thinned.indices(l.at(), most, xs))), d.color(), d.stroke());
      }
    }
    canvas.g.setClip(before);
    for (PaperChart.Drawn d : drawn) {
      switch (d.layer()) {
        case Layer.Points p -> points(p, d.color(), d.stroke());
        case Layer.Shaded s -> shaded(s);
        default -> {}
      }
    }
  }

  private Path2D path(Xy at) {
    Path2D path = new Path2D.Double();
    boolean down = false;
    for (int i = 0; i < at.size(); i++) {
      if (!at.finite(i)) {
        down = false;
      } else if (down) {
        path.lineTo(xs.at(at.x(i)), ys.at(at.y(i)));
      } else {
        path.moveTo(xs.at(at.x(i)), ys.at(at.y(i)));
        down = true;
      }
    }
    return path;
  }

  /** The points that each line and band may have. */
  private static int each(List<PaperChart.Drawn> drawn) {
    long curves =
        drawn.stream()
            .mapToLong(
                d -> d.layer() instanceof Layer.Line ? 1 : d.layer() instanceof Layer.Band ? 2 : 0)
            .sum();
    return (int) Math.clamp(POINTS / Math.max(1, curves), 80L, Thinned.MOST);
  }

  private void band(Layer.Band band, Color color, int most) {
    Path2D path = new Path2D.Double();
    int[] kept = Thinned.indices(band.high(), most, xs);
    int n = kept.length;
    boolean first = true;
    for (int k = 0; k < 2 * n; k++) {
      // there along the lower curve, back along the upper one
      int i = kept[k < n ? k : 2 * n - 1 - k];
      double y = k < n ? band.low().y(i) : band.high().y(i);
      if (!Double.isFinite(band.low().y(i)) || !Double.isFinite(band.high().y(i))) {
        continue;
      }
      double px = xs.at(band.low().x(i));
      if (first) {
        path.moveTo(px, ys.at(y));
        first = false;
      } else {
        path.lineTo(px, ys.at(y));
      }
    }
    path.closePath();
    canvas.fill(path, Canvas.alpha(color, 46));
  }

  private void bars(Layer.Bars bars, Color color) {
    double[] edges = bars.edges();
    double[] heights = bars.heights();
    for (int i = 0; i < heights.length; i++) {
      double from = xs.at(edges[i]);
      double y = ys.at(heights[i]);
      Rectangle2D bar = new Rectangle2D.Double(from, y, xs.at(edges[i + 1]) - from, ys.from() - y);
      canvas.fill(bar, Canvas.alpha(color, 110));
      canvas.draw(bar, Canvas.alpha(color, 160), Strokes.solid(.6f));
    }
  }

  private void reference(Layer.Reference r, PaperChart.Drawn d) {
    Path2D path = new Path2D.Double();
    if (r.vertical()) {
      path.moveTo(xs.at(r.value()), ys.from());
      path.lineTo(xs.at(r.value()), ys.to());
    } else {
      path.moveTo(xs.from(), ys.at(r.value()));
      path.lineTo(xs.to(), ys.at(r.value()));
    }
    canvas.draw(path, d.color(), d.stroke());
  }

  /** The labels of reference lines, after everything else so that nothing crosses them. */
  void references(List<PaperChart.Drawn> drawn) {
    double em = canvas.letters();
    Color ground = inks.look().ground();
    int verticals = 0;
    for (PaperChart.Drawn d : drawn) {
      if (!(d.layer() instanceof Layer.Reference r)) {
        continue;
      }
      if (!r.vertical()) {
        if (ys.contains(r.value())) {
          double y = ys.at(r.value());
          double above = y - ys.to() > em * 1.6 ? y - em * .75 : y + em * .75;
          canvas.patched(
              r.name(),
              canvas.small(),
              d.color(),
              ground,
              xs.from() + em * .5,
              above,
              Canvas.Anchor.START);
        }
      } else if (xs.contains(r.value())) {
        double x = xs.at(r.value());
        double width = canvas.width(r.name(), canvas.small());
        boolean leftwards = x + em * .4 + width > xs.to();
        // one below the other, so that close references stay readable
        double y = ys.to() + em * (.7 + 1.2 * verticals++);
        canvas.patched(
            r.name(),
            canvas.small(),
            d.color(),
            ground,
            leftwards ? x - em * .4 : x + em * .4,
            y,
            leftwards ? Canvas.Anchor.END : Canvas.Anchor.START);
      }
    }
  }

  private void points(Layer.Points points, Color color, BasicStroke stroke) {
    double radius = radius(points.at().size());
    Color fill = points.at().size() > 300 ? Canvas.alpha(color, 90) : color;
    double[] low = points.low();
    double[] high = points.high();
    for (int i : Thinned.indices(points.at(), Thinned.MOST)) {
      Xy at = points.at();
      if (!at.finite(i) || !xs.contains(at.x(i)) || !ys.contains(at.y(i))) {
        continue;
      }
      double x = xs.at(at.x(i));
      if (points.hasBars() && Double.isFinite(low[i]) && Double.isFinite(high[i])) {
        double from = Math.min(ys.at(low[i]), ys.from());
        double to = Math.max(ys.at(high[i]), ys.to());
        canvas.draw(new java.awt.geom.Line2D.Double(x, from, x, to), color, stroke);
        for (double end : new double[] {from, to}) {
          canvas.draw(
              new java.awt.geom.Line2D.Double(x - radius * .8, end, x + radius * .8, end),
              color,
              stroke);
        }
      }
      Marks.paint(canvas, points.mark(), x, ys.at(at.y(i)), radius, fill, inks.look().ground());
    }
  }

  private void shaded(Layer.Shaded s) {
    double radius = radius(s.at().size());
    double[] by = s.by();
    for (int i : Thinned.indices(s.at(), Thinned.MOST)) {
      if (s.at().finite(i) && xs.contains(s.at().x(i)) && ys.contains(s.at().y(i))) {
        Color color = Canvas.alpha(inks.at(by[i]), 215);
        Marks.paint(
            canvas,
            Layer.Mark.DOT,
            xs.at(s.at().x(i)),
            ys.at(s.at().y(i)),
            radius,
            color,
            inks.look().ground());
      }
    }
  }

  private double radius(int count) {
    return canvas.letters() * (count > 300 ? .16 : count > 60 ? .22 : .29);
  }
}
