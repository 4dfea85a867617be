package reprise.dsl.chart;

import java.awt.Color;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A legend in rows above the plot: it never covers data. */
record Legend(Canvas canvas, List<List<Entry>> rows) {

  /**
   * One name with all the layers that carry it.
   *
   * @param name beside the sample
   * @param drawn layers of that name
   * @param width of sample and name
   */
  record Entry(String name, List<PaperChart.Drawn> drawn, double width) {}

  static Legend none(Canvas canvas) {
    return new Legend(canvas, List.of());
  }

  static Legend of(List<PaperChart.Drawn> drawn, EndLabels ends, Canvas canvas, double width) {
    Map<String, List<PaperChart.Drawn>> named = new LinkedHashMap<>();
    for (PaperChart.Drawn d : drawn) {
      String name = d.layer().name();
      boolean elsewhere =
          name.isEmpty()
              || ends.has(name)
              || d.layer() instanceof Layer.Reference
              || d.layer().ink() instanceof Ink.At;
      if (!elsewhere) {
        named.computeIfAbsent(name, n -> new ArrayList<>()).add(d);
      }
    }
    List<List<Entry>> rows = new ArrayList<>();
    double used = width;
    double em = canvas.letters();
    for (var entry : named.entrySet()) {
      double needs = em * 3.4 + canvas.width(entry.getKey(), canvas.small());
      if (used + needs > width) {
        rows.add(new ArrayList<>());
        used = 0;
      }
      rows.getLast().add(new Entry(entry.getKey(), entry.getValue(), needs));
      used += needs;
    }
    return new Legend(canvas, rows);
  }

  double height() {
    return rows.isEmpty() ? 0 : (rows.size() * 1.35 + .5) * canvas.letters();
  }

  void paint(double left, double top, Color ink, Color ground) {
    double em = canvas.letters();
    double y = top + em * .6;
    for (List<Entry> row : rows) {
      double x = left;
      for (Entry entry : row) {
        entry.drawn().forEach(sample(x, y, ground));
        canvas.text(entry.name(), canvas.small(), ink, x + em * 2.2, y, Canvas.Anchor.START);
        x += entry.width();
      }
      y += em * 1.35;
    }
  }

  private java.util.function.Consumer<PaperChart.Drawn> sample(double x, double y, Color ground) {
    double em = canvas.letters();
    return d -> {
      switch (d.layer()) {
        case Layer.Line l ->
            canvas.draw(new Line2D.Double(x, y, x + em * 1.8, y), d.color(), d.stroke());
        case Layer.Points p ->
            Marks.paint(canvas, p.mark(), x + em * .9, y, em * .27, d.color(), ground);
        case Layer.Shaded s ->
            Marks.paint(canvas, Layer.Mark.DOT, x + em * .9, y, em * .27, d.color(), ground);
        case Layer.Band b -> patch(x, y, Canvas.alpha(d.color(), 46));
        case Layer.Bars b -> patch(x, y, Canvas.alpha(d.color(), 110));
        case Layer.Reference r -> {}
      }
    };
  }

  private void patch(double x, double y, Color color) {
    double em = canvas.letters();
    canvas.fill(new Rectangle2D.Double(x, y - em * .4, em * 1.8, em * .8), color);
  }
}
