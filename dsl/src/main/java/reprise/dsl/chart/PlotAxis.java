package reprise.dsl.chart;

import java.util.OptionalDouble;
import reprise.dsl.unit.Checks;

/**
 * One axis of a plot, or the scale of its colours.
 *
 * @param label what is measured
 * @param unit its unit, or an empty text
 * @param kind how numbers become places
 * @param low lower end; empty for the data's
 * @param high upper end; empty for the data's
 */
public record PlotAxis(
    String label, String unit, Kind kind, OptionalDouble low, OptionalDouble high) {

  /** How numbers become places. */
  public enum Kind {
    LINEAR,
    LOG
  }

  public PlotAxis {
    Checks.text("axis label", label);
    Checks.present("axis unit", unit);
    Checks.present("axis kind", kind);
    if (kind == Kind.LOG && low.isPresent() && !(low.getAsDouble() > 0)) {
      throw new IllegalArgumentException(
          "the log axis '" + label + "' must begin above 0, got " + low.getAsDouble());
    }
    if (low.isPresent() && high.isPresent() && !(low.getAsDouble() < high.getAsDouble())) {
      throw new IllegalArgumentException(
          "the axis '"
              + label
              + "' needs low < high, got "
              + low.getAsDouble()
              + " and "
              + high.getAsDouble());
    }
  }

  /** An axis on which equal differences are equally far apart. */
  public static PlotAxis linear(String label, String unit) {
    return new PlotAxis(label, unit, Kind.LINEAR, OptionalDouble.empty(), OptionalDouble.empty());
  }

  /** An axis on which equal ratios are equally far apart. */
  public static PlotAxis log(String label, String unit) {
    return new PlotAxis(label, unit, Kind.LOG, OptionalDouble.empty(), OptionalDouble.empty());
  }

  /** The same axis from {@code low} to {@code high}, whatever the data. */
  public PlotAxis range(double low, double high) {
    return new PlotAxis(label, unit, kind, OptionalDouble.of(low), OptionalDouble.of(high));
  }

  /** The same axis from {@code low} on. */
  public PlotAxis from(double low) {
    return new PlotAxis(label, unit, kind, OptionalDouble.of(low), high);
  }

  boolean logarithmic() {
    return kind == Kind.LOG;
  }

  /** {@code loss (nats per token)}. */
  public String title() {
    return unit.isEmpty() ? label : label + " (" + unit + ")";
  }
}
