package reprise.dsl.chart;

import java.awt.Color;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;

/** Draws the shapes of points. */
final class Marks {
  private Marks() {}

  static void paint(
      Canvas canvas, Layer.Mark mark, double x, double y, double r, Color color, Color ground) {
    switch (mark) {
      case DOT -> canvas.fill(circle(x, y, r), color);
      case RING -> {
        canvas.fill(circle(x, y, r), ground);
        canvas.draw(circle(x, y, r), color, Strokes.solid((float) (r * .38)));
      }
      case DIAMOND -> {
        Path2D path = star(x, y, r * 1.45, r * 1.03, 4);
        canvas.fill(path, color);
        canvas.draw(path, ground, Strokes.solid(.8f));
      }
      case STAR -> {
        Path2D path = star(x, y, r * 2, r * .85, 5);
        canvas.fill(path, color);
        canvas.draw(path, ground, Strokes.solid(.8f));
      }
    }
  }

  private static Ellipse2D circle(double x, double y, double r) {
    return new Ellipse2D.Double(x - r, y - r, 2 * r, 2 * r);
  }

  private static Path2D star(double x, double y, double outer, double inner, int points) {
    Path2D path = new Path2D.Double();
    for (int i = 0; i < 2 * points; i++) {
      double radius = i % 2 == 0 ? outer : inner;
      double angle = Math.PI * i / points - Math.PI / 2;
      double px = x + radius * Math.cos(angle);
      double py = y + radius * Math.sin(angle);
      if (i == 0) {
        path.moveTo(px, py);
      } else {
        path.lineTo(px, py);
      }
    }
    path.closePath();
    return path;
  }
}
