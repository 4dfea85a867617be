package reprise.dsl.ranking;

import reprise.dsl.unit.Checks;

/**
 * Two halves of the examples whose classes are not equally frequent.
 *
 * @param high share of positives in the first half
 * @param low share of positives in the second
 * @param shift added to every score of the first, as a model that has learned the prevalence would
 */
public record Subgroups(double high, double low, double shift) {
  public Subgroups {
    Checks.finite("shift", shift);
    if (!(low > 0 && high >= low && high < 1)) {
      throw new IllegalArgumentException(
          "subgroups: expected 0 < low <= high < 1, got low " + low + " and high " + high);
    }
  }

  @Override
  public String toString() {
    return "subgroups of prevalence " + high + " and " + low + ", shift " + shift;
  }
}
