package reprise.dsl.zoo;

import java.util.List;
import reprise.dsl.unit.Checks;

/**
 * One place of a phase map.
 *
 * @param load the load-like parameter, as it is drawn: a width, a share of noisy labels
 * @param temperature the temperature-like parameter
 * @param landscape means over seeds
 * @param trainAccuracy percent, mean over seeds; NaN where unknown
 * @param testAccuracies percent, one a seed; or their mean alone, where no more is published
 */
public record ZooCell(
    double load,
    double temperature,
    Landscape landscape,
    double trainAccuracy,
    List<Double> testAccuracies) {
  public ZooCell {
    Checks.finite("load", load);
    Checks.finite("temperature", temperature);
    Checks.present("landscape", landscape);
    testAccuracies = List.copyOf(testAccuracies);
  }

  /** Mean test accuracy in percent; NaN where there is none. */
  public double testAccuracy() {
    return testAccuracies.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }
}
