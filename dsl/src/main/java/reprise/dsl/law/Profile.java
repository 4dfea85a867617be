package reprise.dsl.law;

/**
 * The profile of a constant: the least objective with the constant held at each of some values, the
 * other constants fitted anew. A flat profile is what "not identified" looks like.
 *
 * @param constant its name
 * @param values at which it was held, increasing
 * @param objective least objective at each value
 */
public record Profile(String constant, Column values, Column objective) {
  public Profile {
    if (values.size() != objective.size() || values.size() == 0) {
      throw new IllegalArgumentException(
          "profile of "
              + constant
              + ": "
              + values.size()
              + " values, "
              + objective.size()
              + " objectives");
    }
  }

  /** Least objective of the profile. */
  public double least() {
    double least = Double.POSITIVE_INFINITY;
    for (double v : objective.values()) {
      least = Math.min(least, v);
    }
    return least;
  }

  /**
   * From the first to the last value whose objective is within {@code rise} (relative) of the
   * least. An end that is the profile's own end says: open on that side.
   */
  public Interval within(double rise) {
    double limit = least() * (1 + rise);
    double low = Double.NaN;
    double high = Double.NaN;
    for (int i = 0; i < values.size(); i++) {
      if (objective.value(i) <= limit) {
        low = Double.isNaN(low) ? values.value(i) : low;
        high = values.value(i);
      }
    }
    return new Interval(low, high);
  }
}
