package reprise.dsl.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;

/**
 * A drawing surface with letters. Text is drawn as text, never as outlines, so that a vector format
 * keeps it searchable.
 */
final class Canvas {
  /** Which part of a text stands at the given place. */
  enum Anchor {
    START,
    MIDDLE,
    END
  }

  final Graphics2D g;
  private final Font font;

  Canvas(Graphics2D g, int letters) {
    this.g = g;
    this.font = new Font(Font.SANS_SERIF, Font.PLAIN, letters);
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
  }

  Font font() {
    return font;
  }

  Font small() {
    return font.deriveFont(font.getSize2D() * .9f);
  }

  Font bold() {
    return font.deriveFont(Font.BOLD, font.getSize2D() * 1.08f);
  }

  double letters() {
    return font.getSize2D();
  }

  double width(String text, Font font) {
    FontMetrics metrics = g.getFontMetrics(font);
    return metrics.getStringBounds(text, g).getWidth();
  }

  /** Text whose letters stand vertically centred on {@code y}. */
  void text(String text, Font font, Color color, double x, double y, Anchor anchor) {
    double width = width(text, font);
    double left =
        switch (anchor) {
          case START -> x;
          case MIDDLE -> x - width / 2;
          case END -> x - width;
        };
    g.setFont(font);
    g.setColor(color);
    g.drawString(text, (float) left, (float) (y + font.getSize2D() * .36));
  }

  /** Text on a patch of the ground, so that lines behind it do not cross the letters. */
  void patched(String text, Font font, Color color, Color ground, double x, double y, Anchor a) {
    double width = width(text, font);
    double left = a == Anchor.START ? x : a == Anchor.END ? x - width : x - width / 2;
    double height = font.getSize2D() * 1.15;
    fill(
        new Rectangle2D.Double(left - 2, y - height / 2, width + 4, height),
        new Color(ground.getRed(), ground.getGreen(), ground.getBlue(), 215));
    text(text, font, color, x, y, a);
  }

  /** Text that reads upwards, centred on the point. */
  void upwards(String text, Font font, Color color, double x, double y) {
    AffineTransform before = g.getTransform();
    g.translate(x, y);
    g.rotate(-Math.PI / 2);
    text(text, font, color, 0, 0, Anchor.MIDDLE);
    g.setTransform(before);
  }

  void line(double x1, double y1, double x2, double y2, Color color, double width) {
    draw(new Line2D.Double(x1, y1, x2, y2), color, new BasicStroke((float) width));
  }

  void draw(Shape shape, Color color, BasicStroke stroke) {
    g.setColor(color);
    g.setStroke(stroke);
    g.draw(shape);
  }

  void fill(Shape shape, Color color) {
    g.setColor(color);
    g.fill(shape);
  }

  static Color alpha(Color color, int alpha) {
    return new Color(color.getRed(), color.getGreen(), color.getBlue(), alpha);
  }
}
