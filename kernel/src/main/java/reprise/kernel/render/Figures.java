package reprise.kernel.render;

import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import reprise.dsl.chart.Drawing;
import reprise.dsl.chart.Figure;
import reprise.dsl.chart.Look;
import reprise.dsl.repro.Reproduced;
import reprise.dsl.result.Result;

/** Figures as HTML with their captions. */
final class Figures {
  private Figures() {}

  /** The figures of a part, named after it: two parts may both have a figure of one name. */
  static List<Figure> of(Reproduced.Done done) {
    String part = done.part().name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    String prefix = part.replaceAll("^-+|-+$", "");
    return done.result().map(Result::charts).orElse(List.of()).stream()
        .map(f ->
            new Figure(
                prefix.isEmpty() ? f.name() : prefix + "-" + f.name(), f.caption(), f.chart()))
        .toList();
  }

  /** For a notebook: a PNG at 2x in a data address, so that the exported page keeps it. */
  static String cell(Figure figure) {
    return wrapped(figure, image(figure));
  }

  static String cell(List<Figure> figures) {
    return figures.stream().map(Figures::cell).collect(Collectors.joining());
  }

  /**
   * For a report: inline SVG, twice, in a light and a dark look; the style sheet shows the one that
   * fits the reader's screen, and the light one in print.
   */
  static String page(Figure figure) {
    if (!(figure.chart() instanceof Drawing drawing)) {
      return cell(figure);
    }
    String light = Charts.svg(figure);
    String dark = Svg.of(drawing.look(Look.DARK), figure.name() + "-dark", figure.caption());
    return wrapped(
        figure,
        "<div class=\"on-light\">" + light + "</div><div class=\"on-dark\">" + dark + "</div>");
  }

  private static String wrapped(Figure figure, String html) {
    return "<figure>" + html + Html.of("figcaption", figure.caption()) + "</figure>";
  }

  private static String image(Figure figure) {
    return "<img alt=\""
        + Html.escape(figure.caption())
        + "\" width=\""
        + figure.chart().getWidth()
        + "\" height=\""
        + figure.chart().getHeight()
        + "\" src=\"data:image/png;base64,"
        + Base64.getEncoder().encodeToString(Charts.png(figure, Charts.CRISP))
        + "\">";
  }
}
