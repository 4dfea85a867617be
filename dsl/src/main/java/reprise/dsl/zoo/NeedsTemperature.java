package reprise.dsl.zoo;

import java.util.List;
import reprise.dsl.unit.Checks;

/**
 * A zoo that still needs its temperatures: continue with {@link #temperature}.
 *
 * @param rule decides the phases
 * @param family the models
 * @param data what they are trained on
 */
public record NeedsTemperature(PhaseRule rule, PerceptronFamily family, List<ZooData> data) {
  public NeedsTemperature {
    Checks.present("phase rule", rule);
    Checks.present("models", family);
    data = List.copyOf(data);
    if (data.isEmpty() || data.stream().distinct().count() != data.size()) {
      throw new IllegalArgumentException(
          "data: give at least one data set, each once, such as data(digits()); got " + data);
    }
  }

  /** What is varied of the noise of training. */
  public ModelZoo temperature(Temperature temperature) {
    return ModelZoo.of(rule, family, data, temperature);
  }
}
