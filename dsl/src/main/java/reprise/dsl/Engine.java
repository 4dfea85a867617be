package reprise.dsl;

import java.util.Iterator;
import java.util.ServiceLoader;
import reprise.dsl.plan.Plan;
import reprise.dsl.plan.Terms;
import reprise.dsl.result.Outcome;

/**
 * Carries out plans. Found by {@link ServiceLoader}; the description of an experiment never names
 * one.
 */
public interface Engine {
  /** The same plan with an estimate of its time on this machine; trains nothing. */
  Plan cost(Plan plan);

  /**
   * Carries out a plan.
   *
   * @throws RunFailure when it cannot be carried out at all; single failed runs are rows instead
   */
  Outcome run(Plan plan);

  /** Carries out a plan on terms; an engine that knows none of them carries it out without. */
  default Outcome run(Plan plan, Terms terms) {
    return run(plan);
  }

  /**
   * The engine on the class path.
   *
   * @throws RunFailure when there is none
   */
  static Engine find() {
    Iterator<Engine> engines =
        ServiceLoader.load(Engine.class, Engine.class.getClassLoader()).iterator();
    if (!engines.hasNext()) {
      throw new RunFailure(
          "no engine on the class path; start through ./reprise, or add the jars that"
              + " ./reprise --print-class-path prints");
    }
    return engines.next();
  }
}
