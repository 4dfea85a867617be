package reprise.dsl.knowledge;

import java.util.Arrays;
import java.util.stream.Collectors;
import reprise.dsl.RunFailure;
import reprise.dsl.claim.Measured;
import reprise.dsl.claim.Seeds;
import reprise.dsl.unit.Numbers;

/** Numbers of several seeds as one measurement: their mean, each of them, and their range. */
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
    return Seeds.range(mean, values, "runs", how);
  }

  static int some(String what, int count) {
    if (count == 0) {
      throw new RunFailure(what + ": no finished run speaks to it");
    }
    return count;
  }
}
