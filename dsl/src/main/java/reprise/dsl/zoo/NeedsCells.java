package reprise.dsl.zoo;

import reprise.dsl.data.DataSet;
import reprise.dsl.unit.Checks;

/**
 * Phases that still need their cells: continue with {@link #of}.
 *
 * @param rule decides the phases
 */
public record NeedsCells(PhaseRule rule) {
  public NeedsCells {
    Checks.present("phase rule", rule);
  }

  /** The cells of a data set of the registry. */
  public PhaseTable of(DataSet dataSet) {
    return new PhaseTable(rule, dataSet, Double.NEGATIVE_INFINITY);
  }
}
