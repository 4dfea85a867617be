package reprise.dsl.knowledge;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import reprise.dsl.RunFailure;
import reprise.dsl.claim.Interval;
import reprise.dsl.claim.Measured;
import reprise.dsl.unit.Numbers;

/**
 * Numbers of several seeds as one measurement: their mean, and as interval their range, which holds
 * the median of all seeds with probability 1 - 2^(1 - n).
 */
final class SeedRange {
  private SeedRange() {}

  static Measured of(String what, double[] values) {
    some(what, values.length);
    double mean = Arrays.stream(values).average().orElseThrow();
    String each =
        Arrays.stream(values)
            .mapToObj(v -> Numbers.significant(v, 4))
            .collect(Collectors.joining(", "));
    String how = what + ", " + values.length + " runs: " + each;
    if (values.length == 1) {
      return Measured.exactly(mean, how);
    }
    double low = Arrays.stream(values).min().orElseThrow();
    double high = Arrays.stream(values).max().orElseThrow();
    double level = 1 - Math.pow(2, 1.0 - values.length);
    Interval range = new Interval(low, high, level, "range of " + values.length + " runs");
    return new Measured(mean, Optional.of(range), how, java.util.List.of());
  }

  static int some(String what, int count) {
    if (count == 0) {
      throw new RunFailure(what + ": no finished run speaks to it");
    }
    return count;
  }
}
