package reprise.kernel.render;

import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.Graphics;
import java.io.CharArrayWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.apache.batik.dom.GenericDOMImplementation;
import org.apache.batik.svggen.DOMGroupManager;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGGraphics2DIOException;
import org.apache.batik.svggen.SVGIDGenerator;
import org.knowm.xchart.internal.chartpart.Chart;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * An SVG surface that keeps text as text: every text states the length it was laid out with, so
 * that labels stay in place whatever font the reader has.
 */
final class Svg extends SVGGraphics2D {
  private static final String NAMESPACE = "http://www.w3.org/2000/svg";
  private static final String FONTS = "'DejaVu Sans', Verdana, 'Helvetica Neue', Arial, sans-serif";

  private Svg(SVGGeneratorContext context) {
    super(context, false);
  }

  private Svg(Svg other) {
    super(other);
  }

  static String of(Chart<?, ?> chart, String name, String title) {
    Document document =
        GenericDOMImplementation.getDOMImplementation().createDocument(NAMESPACE, "svg", null);
    SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
    context.setPrecision(1);
    context.setComment(null);
    // ids are unique in a page that shows several charts
    context.setIDGenerator(
        new SVGIDGenerator() {
          @Override
          public String generateID(String prefix) {
            return name + "-" + super.generateID(prefix);
          }
        });
    Svg svg = new Svg(context);
    svg.setSVGCanvasSize(new Dimension(chart.getWidth(), chart.getHeight()));
    chart.paint(svg, chart.getWidth(), chart.getHeight());
    Element root = svg.getRoot();
    root.setAttribute("viewBox", "0 0 " + chart.getWidth() + " " + chart.getHeight());
    root.setAttribute("role", "img");
    root.setAttribute("font-family", FONTS);
    if (!title.isEmpty()) {
      Element element = document.createElementNS(NAMESPACE, "title");
      element.appendChild(document.createTextNode(title));
      root.insertBefore(element, root.getFirstChild());
    }
    try (CharArrayWriter out = new CharArrayWriter()) {
      svg.stream(root, out, false, false);
      String text = out.toString();
      // from the root element on, without prolog: fit for a page
      return text.substring(text.indexOf("<svg"))
          .replaceAll("<defs id=\"genericDefs\"\\s*/>", "")
          .strip();
    } catch (SVGGraphics2DIOException e) {
      throw new UncheckedIOException("the chart could not be written as SVG", e);
    }
  }

  @Override
  public Graphics create() {
    return new Svg(this);
  }

  @Override
  public void drawString(String text, float x, float y) {
    if (text.isBlank()) {
      return;
    }
    Element element = getDOMFactory().createElementNS(NAMESPACE, "text");
    element.setAttribute("x", number(x));
    element.setAttribute("y", number(y));
    Font font = getFont();
    double length = getFontMetrics(font).getStringBounds(text, this).getWidth();
    element.setAttribute("textLength", number(length));
    element.setAttribute("lengthAdjust", "spacingAndGlyphs");
    element.setAttribute("font-size", number(font.getSize2D()));
    element.setAttribute("font-weight", font.isBold() ? "bold" : "normal");
    element.setAttribute("font-family", FONTS);
    element.setAttribute("stroke", "none");
    element.setAttribute("fill", hex(getColor()));
    element.appendChild(getDOMFactory().createTextNode(text));
    domGroupManager.addElement(element, DOMGroupManager.FILL);
  }

  private static String hex(Color color) {
    return String.format(
        Locale.ROOT, "#%02x%02x%02x", color.getRed(), color.getGreen(), color.getBlue());
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.2f", value);
    return text.replaceAll("0+$", "").replaceAll("\\.$", "");
  }
}
