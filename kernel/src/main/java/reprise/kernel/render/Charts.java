package reprise.kernel.render;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import org.knowm.xchart.internal.chartpart.Chart;
import reprise.dsl.chart.Drawing;
import reprise.dsl.chart.Figure;
import reprise.dsl.chart.FigureSize;
import reprise.dsl.chart.Look;

/** Charts as bytes and files. */
public final class Charts {
  /** Twice the pixels: crisp on screens of today. */
  public static final double CRISP = 2;

  private static final double PIXELS_PER_METRE = 96 / .0254;
  private static final String NATIVE = "javax_imageio_png_1.0";

  private Charts() {}

  /** A figure as PNG, drawn at {@code scale} times its size; the file knows its resolution. */
  public static byte[] png(Figure figure, double scale) {
    return png(figure.chart(), scale);
  }

  /** Any XChart chart as PNG, drawn at {@code scale} times its size. */
  public static byte[] png(Chart<?, ?> chart, double scale) {
    if (!(scale > 0 && scale <= 10)) {
      throw new IllegalArgumentException("scale of a picture must be in (0, 10], got " + scale);
    }
    int width = (int) Math.round(chart.getWidth() * scale);
    int height = (int) Math.round(chart.getHeight() * scale);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    try {
      g.scale(scale, scale);
      chart.paint(g, chart.getWidth(), chart.getHeight());
    } finally {
      g.dispose();
    }
    return encode(image, scale);
  }

  /** A figure as an SVG document in which text is text; its caption is the accessible title. */
  public static String svg(Figure figure) {
    return Svg.of(figure.chart(), figure.name(), figure.caption());
  }

  /**
   * Any XChart chart as an SVG document. Charts of {@code reprise.dsl.chart} keep their text as
   * text; XChart itself draws letters as outlines.
   */
  public static String svg(Chart<?, ?> chart) {
    String title = chart.getTitle() == null ? "" : chart.getTitle();
    return Svg.of(chart, "chart", title);
  }

  /** The same figure in another look and size; other charts stay as they are. */
  public static Figure restyled(Figure figure, Look look, FigureSize size) {
    return figure.chart() instanceof Drawing drawing
        ? new Figure(figure.name(), figure.caption(), drawing.look(look, size))
        : figure;
  }

  /**
   * Writes a figure, atomically, in the format of the file's name: {@code .png} at 2x or {@code
   * .svg}.
   */
  public static void write(Figure figure, Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".png")) {
      AtomicFile.write(file, png(figure, CRISP));
    } else if (name.endsWith(".svg")) {
      String document = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + svg(figure) + "\n";
      AtomicFile.write(file, document.getBytes(StandardCharsets.UTF_8));
    } else {
      throw new IllegalArgumentException(
          "cannot write a figure as '" + file.getFileName() + "'; name it .png or .svg");
    }
  }

  private static byte[] encode(BufferedImage image, double scale) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (var out = ImageIO.createImageOutputStream(bytes)) {
      IIOMetadata metadata =
          writer.getDefaultImageMetadata(
              ImageTypeSpecifier.createFromRenderedImage(image), writer.getDefaultWriteParam());
      metadata.mergeTree(NATIVE, resolution(scale));
      writer.setOutput(out);
      writer.write(new IIOImage(image, null, metadata));
    } catch (IOException e) {
      throw new UncheckedIOException("the chart could not be written as PNG", e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** 96 pixels an inch times the scale, so that a text processor shows it at its size. */
  private static IIOMetadataNode resolution(double scale) {
    String perMetre = Long.toString(Math.round(PIXELS_PER_METRE * scale));
    IIOMetadataNode size = new IIOMetadataNode("pHYs");
    size.setAttribute("pixelsPerUnitXAxis", perMetre);
    size.setAttribute("pixelsPerUnitYAxis", perMetre);
    size.setAttribute("unitSpecifier", "meter");
    IIOMetadataNode root = new IIOMetadataNode(NATIVE);
    root.appendChild(size);
    return root;
  }
}
