package reprise.dsl.zoo;

import reprise.dsl.unit.Checks;

/**
 * A zoo that still needs its models: continue with {@link #models}.
 *
 * @param rule decides the phases
 */
public record NeedsNets(PhaseRule rule) {
  public NeedsNets {
    Checks.present("phase rule", rule);
  }

  /** The models, one a width: wider is less load. */
  public NeedsExamples models(PerceptronFamily family) {
    return new NeedsExamples(rule, family);
  }
}
