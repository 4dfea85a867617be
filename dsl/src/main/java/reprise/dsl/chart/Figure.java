package reprise.dsl.chart;

import org.knowm.xchart.internal.chartpart.Chart;
import reprise.dsl.unit.Checks;

/**
 * A chart with the name of its file and the sentence below it.
 *
 * @param name file name without extension, lower-case words joined by '-'
 * @param caption what it shows and what to look at, one or two sentences
 * @param chart the XChart object; change its styler freely
 */
public record Figure(String name, String caption, Chart<?, ?> chart) {
  public Figure {
    Checks.text("figure name", name);
    if (!name.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
      throw new IllegalArgumentException(
          "figure name must be lower-case words joined by '-', got '" + name + "'");
    }
    Checks.text("figure caption", caption);
    Checks.present("chart", chart);
  }

  @Override
  public String toString() {
    return "figure " + name + ": " + caption;
  }
}
