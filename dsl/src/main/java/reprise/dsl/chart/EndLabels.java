package reprise.dsl.chart;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Names at the right ends of lines, pushed apart where they would overlap. */
record EndLabels(Canvas canvas, List<Label> labels) {
  private static final double SPACING = 1.15;

  /**
   * A name at a line's end.
   *
   * @param text the name
   * @param color of its line
   * @param x of the line's last point
   * @param y of the line's last point
   * @param ramped whether the colour tells a third quantity, which the name then tells too
   */
  record Label(String text, Color color, double x, double y, boolean ramped) {}

  /** The labels, or none where they need more height than there is. */
  static EndLabels of(List<PaperChart.Drawn> drawn, Canvas canvas, double height) {
    List<Label> labels = new ArrayList<>();
    for (PaperChart.Drawn d : drawn) {
      if (d.layer() instanceof Layer.Line line && line.atEnd() && !line.name().isEmpty()) {
        int last = line.at().size() - 1;
        while (!line.at().finite(last)) {
          last--;
        }
        boolean ramped = line.ink() instanceof Ink.At;
        labels.add(new Label(line.name(), d.color(), line.at().x(last), line.at().y(last), ramped));
      }
    }
    boolean fits = labels.size() * canvas.letters() * SPACING <= height;
    return new EndLabels(canvas, fits ? labels : List.of());
  }

  boolean has(String name) {
    return labels.stream().anyMatch(l -> l.text().equals(name));
  }

  /** Whether the labels tell what the colours mean, so that no colour bar is needed. */
  boolean tellColours() {
    return labels.stream().anyMatch(Label::ramped);
  }

  double width() {
    return labels.stream().mapToDouble(l -> canvas.width(l.text(), canvas.small())).max().orElse(0);
  }

  void paint(Span xs, Span ys) {
    double em = canvas.letters();
    List<Label> sorted =
        labels.stream().sorted(Comparator.comparingDouble(l -> ys.at(l.y()))).toList();
    double[] places = sorted.stream().mapToDouble(l -> ys.at(l.y())).toArray();
    spread(places, em * SPACING, ys.to(), ys.from());
    for (int i = 0; i < places.length; i++) {
      Label label = sorted.get(i);
      double end = xs.at(label.x());
      // a thin leader where the label had to move, or the line ends early
      if (Math.abs(places[i] - ys.at(label.y())) > em * .5 || end < xs.to() - em) {
        Color pale = Canvas.alpha(label.color(), 120);
        canvas.line(end + 2, ys.at(label.y()), xs.to() + em * .2, places[i], pale, .7);
      }
      canvas.text(
          label.text(),
          canvas.small(),
          label.color(),
          xs.to() + em * .4,
          places[i],
          Canvas.Anchor.START);
    }
  }

  /** Moves ascending places as little as needed to be {@code least} apart and inside the range. */
  static void spread(double[] places, double least, double low, double high) {
    for (int round = 0; round < 200; round++) {
      boolean moved = false;
      for (int i = 1; i < places.length; i++) {
        double lack = least - (places[i] - places[i - 1]);
        if (lack > 1e-6) {
          places[i - 1] -= lack / 2;
          places[i] += lack / 2;
          moved = true;
        }
      }
      for (int i = 0; i < places.length; i++) {
        places[i] = Math.clamp(places[i], low, high);
      }
      if (!moved) {
        return;
      }
    }
  }
}
