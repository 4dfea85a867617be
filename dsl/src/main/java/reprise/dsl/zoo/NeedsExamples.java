package reprise.dsl.zoo;

import java.util.List;
import reprise.dsl.unit.Checks;

/**
 * A zoo that still needs its examples: continue with {@link #data}.
 *
 * @param rule decides the phases
 * @param family the models
 */
public record NeedsExamples(PhaseRule rule, PerceptronFamily family) {
  public NeedsExamples {
    Checks.present("phase rule", rule);
    Checks.present("models", family);
  }

  /** What the models are trained on; several, such as shares of noisy labels, are loads too. */
  public NeedsTemperature data(ZooData... data) {
    return new NeedsTemperature(rule, family, List.of(data));
  }
}
