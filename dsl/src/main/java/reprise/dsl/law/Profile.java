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

  /**
   * The profile interval: where n ln(objective/least) stays below the chi-square quantile of one
   * degree of freedom, linear between values. For least squares this is the profile likelihood
   * interval with the variance fitted too (Venzon and Moolgavkar 1988); for Huber's cost an
   * approximation. Infinite on a side where the profile never rises that far: the points do not
   * bound the constant there.
   *
   * @param points that were fitted
   * @param confidence .95 or .9 or .99 or .68
   */
  public Interval interval(int points, double confidence) {
    double quantile =
        switch (String.valueOf(confidence)) {
          case "0.95" -> 3.841458820694124;
          case "0.9" -> 2.705543454095404;
          case "0.99" -> 6.6348966010212145;
          case "0.68" -> 0.9889464814380168;
          default ->
              throw new IllegalArgumentException(
                  "profile interval: confidence .68, .9, .95 or .99, got " + confidence);
        };
    double limit = least() * Math.exp(quantile / points);
    int best = 0;
    for (int i = 1; i < values.size(); i++) {
      best = objective.value(i) < objective.value(best) ? i : best;
    }
    return new Interval(crossing(best, -1, limit), crossing(best, 1, limit));
  }

  private double crossing(int from, int step, double limit) {
    for (int i = from; i + step >= 0 && i + step < values.size(); i += step) {
      double below = objective.value(i);
      double above = objective.value(i + step);
      if (above > limit) {
        double part = (limit - below) / (above - below);
        return values.value(i) + part * (values.value(i + step) - values.value(i));
      }
    }
    return step * Double.POSITIVE_INFINITY;
  }
}
