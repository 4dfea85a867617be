package reprise.dsl.chart;

import reprise.dsl.unit.Checks;

/**
 * A number to compare with in a chart.
 *
 * @param name whose it is, such as {@code Hoffmann et al. 2022}
 * @param value the number
 */
public record Known(String name, double value) {
  public Known {
    Checks.text("name of the known number", name);
    Checks.finite("known number '" + name + "'", value);
  }
}
