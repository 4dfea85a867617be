package reprise.dsl.chart;

import java.util.Arrays;
import reprise.dsl.unit.Checks;

/** One thing drawn in a plot. Layers of one name share colour and legend entry. */
public sealed interface Layer {
  /** The text in the legend; empty for none. */
  String name();

  /** Its colour. */
  Ink ink();

  /** How a line is broken. */
  enum Dash {
    SOLID,
    DASHED,
    DOTTED
  }

  /** The shape of a point. */
  enum Mark {
    DOT,
    RING,
    DIAMOND,
    STAR
  }

  /**
   * A line.
   *
   * @param name in the legend, or at the line's end
   * @param at its points
   * @param ink colour
   * @param dash how it is broken
   * @param atEnd whether the name stands at its end, where there is room, not in the legend
   */
  record Line(String name, Xy at, Ink ink, Dash dash, boolean atEnd) implements Layer {
    public Line {
      Checks.present("line name", name);
      somePoint(name, at);
    }

    public Line ink(Ink value) {
      return new Line(name, at, value, dash, atEnd);
    }

    public Line dashed() {
      return new Line(name, at, ink, Dash.DASHED, atEnd);
    }

    public Line dotted() {
      return new Line(name, at, ink, Dash.DOTTED, atEnd);
    }

    /** The name at the line's end instead of in the legend. */
    public Line labelled() {
      return new Line(name, at, ink, dash, true);
    }
  }

  /**
   * Points, with error bars where {@code low} and {@code high} are not empty.
   *
   * @param name in the legend
   * @param at where they are
   * @param low lower ends of the error bars, or none
   * @param high upper ends of the error bars, or none
   * @param ink colour
   * @param mark shape
   */
  record Points(String name, Xy at, double[] low, double[] high, Ink ink, Mark mark)
      implements Layer {
    public Points {
      Checks.present("points name", name);
      somePoint(name, at);
      sameSize(name, "lower ends", low, at);
      sameSize(name, "upper ends", high, at);
      low = low.clone();
      high = high.clone();
    }

    @Override
    public double[] low() {
      return low.clone();
    }

    @Override
    public double[] high() {
      return high.clone();
    }

    /** Error bars from {@code low} to {@code high}, in the units of y. */
    public Points bars(double[] low, double[] high) {
      return new Points(name, at, low, high, ink, mark);
    }

    public Points ink(Ink value) {
      return new Points(name, at, low, high, value, mark);
    }

    public Points mark(Mark value) {
      return new Points(name, at, low, high, ink, value);
    }

    boolean hasBars() {
      return low.length > 0;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Points p
          && name.equals(p.name)
          && at.equals(p.at)
          && Arrays.equals(low, p.low)
          && Arrays.equals(high, p.high)
          && ink.equals(p.ink)
          && mark == p.mark;
    }

    @Override
    public int hashCode() {
      return 31 * name.hashCode() + at.hashCode();
    }
  }

  /**
   * Points, each coloured by a third quantity on the plot's colour ramp.
   *
   * @param name in the legend; empty for none
   * @param at where they are
   * @param by the third quantity, one a point
   */
  record Shaded(String name, Xy at, double[] by) implements Layer {
    public Shaded {
      Checks.present("points name", name);
      somePoint(name, at);
      sameSize(name, "numbers to colour by", by, at);
      by = by.clone();
    }

    @Override
    public double[] by() {
      return by.clone();
    }

    @Override
    public Ink ink() {
      return Ink.MUTED;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Shaded s
          && name.equals(s.name)
          && at.equals(s.at)
          && Arrays.equals(by, s.by);
    }

    @Override
    public int hashCode() {
      return 31 * at.hashCode() + Arrays.hashCode(by);
    }
  }

  /**
   * The area between two curves.
   *
   * @param name in the legend
   * @param low the lower curve
   * @param high the upper curve, at the same x
   * @param ink colour, drawn pale
   */
  record Band(String name, Xy low, Xy high, Ink ink) implements Layer {
    public Band {
      Checks.present("band name", name);
      somePoint(name, low);
      if (!Arrays.equals(low.xs(), high.xs())) {
        throw new IllegalArgumentException(
            "band '" + name + "': both curves need the same x; got " + low + " and " + high);
      }
    }

    public Band ink(Ink value) {
      return new Band(name, low, high, value);
    }
  }

  /**
   * A straight line across the plot at a number to compare with.
   *
   * @param name stands beside the line
   * @param value where
   * @param vertical whether it is a number of x
   * @param ink colour
   */
  record Reference(String name, double value, boolean vertical, Ink ink) implements Layer {
    public Reference {
      Checks.text("reference label", name);
      Checks.finite("reference '" + name + "'", value);
    }

    public Reference ink(Ink value) {
      return new Reference(name, this.value, vertical, value);
    }
  }

  /**
   * Bars of a histogram, from 0 to {@code y}.
   *
   * @param name in the legend
   * @param edges their edges, one more than bars
   * @param heights one a bar
   * @param ink colour, drawn pale
   */
  record Bars(String name, double[] edges, double[] heights, Ink ink) implements Layer {
    public Bars {
      Checks.present("bars name", name);
      if (heights.length == 0 || edges.length != heights.length + 1) {
        throw new IllegalArgumentException(
            "bars '"
                + name
                + "': "
                + heights.length
                + " bars need one edge more, got "
                + edges.length);
      }
      edges = edges.clone();
      heights = heights.clone();
    }

    @Override
    public double[] edges() {
      return edges.clone();
    }

    @Override
    public double[] heights() {
      return heights.clone();
    }

    public Bars ink(Ink value) {
      return new Bars(name, edges, heights, value);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Bars b
          && name.equals(b.name)
          && Arrays.equals(edges, b.edges)
          && Arrays.equals(heights, b.heights)
          && ink.equals(b.ink);
    }

    @Override
    public int hashCode() {
      return 31 * Arrays.hashCode(edges) + Arrays.hashCode(heights);
    }
  }

  /** A solid line. */
  static Line line(String name, double[] xs, double[] ys) {
    return new Line(name, new Xy(xs, ys), Ink.AUTO, Dash.SOLID, false);
  }

  /** Points. */
  static Points points(String name, double[] xs, double[] ys) {
    double[] none = {};
    return new Points(name, new Xy(xs, ys), none, none, Ink.AUTO, Mark.DOT);
  }

  /** Points, each coloured by a third quantity. */
  static Shaded shaded(String name, double[] xs, double[] ys, double[] by) {
    return new Shaded(name, new Xy(xs, ys), by);
  }

  /** The area between two curves. */
  static Band band(String name, double[] xs, double[] low, double[] high) {
    return new Band(name, new Xy(xs, low), new Xy(xs, high), Ink.AUTO);
  }

  /** A horizontal line at a number of the y axis. */
  static Reference horizontal(String label, double y) {
    return new Reference(label, y, false, Ink.MUTED);
  }

  /** A vertical line at a number of the x axis. */
  static Reference vertical(String label, double x) {
    return new Reference(label, x, true, Ink.MUTED);
  }

  /** The bars of a histogram. */
  static Bars bars(String name, double[] edges, double[] heights) {
    return new Bars(name, edges, heights, Ink.AUTO);
  }

  private static void somePoint(String name, Xy at) {
    for (int i = 0; i < at.size(); i++) {
      if (at.finite(i)) {
        return;
      }
    }
    throw new IllegalArgumentException(
        "series '"
            + name
            + "' has no finite point among "
            + at.size()
            + "; leave it out, or look for what made its numbers NaN");
  }

  private static void sameSize(String name, String what, double[] ends, Xy at) {
    if (ends.length != 0 && ends.length != at.size()) {
      throw new IllegalArgumentException(
          "series '" + name + "': " + at.size() + " points, but " + ends.length + " " + what);
    }
  }
}
