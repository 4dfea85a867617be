package reprise.dsl;

import reprise.dsl.fit.NeedsBudgets;
import reprise.dsl.fit.NeedsVariedPoints;
import reprise.dsl.law.Law;
import reprise.dsl.law.Objective;
import reprise.dsl.law.SeedNoise;

/** The words of fits to points; inherited by {@link Reprise} as those of {@link Quantities} are. */
public abstract class FitNouns extends Kinds {
  FitNouns() {}

  /** Valleys of compute budgets, from the points of a table. */
  public static NeedsBudgets isoFlop() {
    return new NeedsBudgets();
  }

  /** How far a law's constants move with what is counted, left out and minimised. */
  public static NeedsVariedPoints sensitivity(Law law) {
    return new NeedsVariedPoints(law);
  }

  /** The standard deviation of the loss between seeds, the same at every loss. */
  public static SeedNoise seedNoise(double nats) {
    return SeedNoise.constant(nats);
  }

  /** Huber loss of the log residual: squared below delta, linear above. */
  public static Objective huber(double delta) {
    return Objective.huber(delta);
  }

  /** Least absolute deviations of the log residual. */
  public static Objective leastAbsolute() {
    return Objective.leastAbsolute();
  }

  /** Least squares of the log residual. */
  public static Objective squared() {
    return Objective.squared();
  }

  /** Square near 0 and linear beyond {@code turn}, of the log residual: SciPy's soft_l1. */
  public static Objective softL1(double turn) {
    return Objective.softL1(turn);
  }
}
