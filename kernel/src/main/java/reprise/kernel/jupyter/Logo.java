package reprise.kernel.jupyter;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.RenderingHints;
import java.awt.geom.Arc2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** The sign on the launcher's card: play, with the arrow of "once more" around it. */
final class Logo {
  private static final String SVG =
      """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">
        <defs><linearGradient id="g" x1="0" y1="0" x2="1" y2="1">
          <stop offset="0" stop-color="#0f766e"/><stop offset="1" stop-color="#134e4a"/>
        </linearGradient></defs>
        <rect x="2" y="2" width="60" height="60" rx="14" fill="url(#g)"/>
        <path d="M 45.2 18.8 A 18.7 18.7 0 1 0 50.7 32" fill="none" stroke="#fbbf24"
              stroke-width="4.6" stroke-linecap="round"/>
        <path d="M 47.6 9.6 L 47.6 21.8 L 36.4 19.4 Z" fill="#fbbf24"/>
        <path d="M 27 23.5 L 41 32 L 27 40.5 Z" fill="#ffffff"/>
      </svg>
      """;

  private Logo() {}

  /** Writes logo-32x32.png, logo-64x64.png and logo-svg.svg. */
  static void write(Path folder) throws IOException {
    for (int size : new int[] {32, 64}) {
      var file = folder.resolve("logo-" + size + "x" + size + ".png");
      ImageIO.write(draw(size), "png", file.toFile());
    }
    Files.writeString(folder.resolve("logo-svg.svg"), SVG);
  }

  static BufferedImage draw(int size) {
    var image = new BufferedImage(size, size, BufferedImage.TYPE_INT_ARGB);
    var g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    g.scale(size / 64.0, size / 64.0);
    g.setPaint(new GradientPaint(0, 0, new Color(0x0f766e), 64, 64, new Color(0x134e4a)));
    g.fill(new RoundRectangle2D.Double(2, 2, 60, 60, 28, 28));
    g.setPaint(new Color(0xfbbf24));
    g.setStroke(new BasicStroke(4.6f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    g.draw(new Arc2D.Double(13.3, 13.3, 37.4, 37.4, 45, 315, Arc2D.OPEN));
    g.fill(triangle(47.6, 9.6, 47.6, 21.8, 36.4, 19.4));
    g.setPaint(Color.WHITE);
    g.fill(triangle(27, 23.5, 41, 32, 27, 40.5));
    g.dispose();
    return image;
  }

  private static Path2D triangle(double x1, double y1, double x2, double y2, double x3, double y3) {
    var path = new Path2D.Double();
    path.moveTo(x1, y1);
    path.lineTo(x2, y2);
    path.lineTo(x3, y3);
    path.closePath();
    return path;
  }
}
