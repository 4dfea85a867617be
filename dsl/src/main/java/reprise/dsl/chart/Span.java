package reprise.dsl.chart;

/**
 * A range of numbers laid along a stretch of pixels.
 *
 * @param low number at {@code from}
 * @param high number at {@code to}
 * @param log whether equal ratios are equally far apart
 * @param from pixel of {@code low}
 * @param to pixel of {@code high}
 */
record Span(double low, double high, boolean log, double from, double to) {
  /** The share of the way from low to high, beyond 0 and 1 outside. */
  double share(double value) {
    return log
        ? (Math.log(value) - Math.log(low)) / (Math.log(high) - Math.log(low))
        : (value - low) / (high - low);
  }

  /**
   * The pixel of a number. Numbers that a log axis cannot show lie far beyond its low end, and
   * nothing lies further out than ten lengths, so that shapes can be clipped.
   */
  double at(double value) {
    double share = log && value <= 0 ? -10 : Math.clamp(share(value), -10, 10);
    return from + share * (to - from);
  }

  boolean contains(double value) {
    return value >= Math.min(low, high) && value <= Math.max(low, high);
  }

  Span on(double from, double to) {
    return new Span(low, high, log, from, to);
  }
}
