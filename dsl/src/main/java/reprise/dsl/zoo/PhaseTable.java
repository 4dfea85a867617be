package reprise.dsl.zoo;

import java.util.List;
import reprise.dsl.Experiment;
import reprise.dsl.data.DataSet;
import reprise.dsl.data.PointsSource;
import reprise.dsl.plan.AnalysisTask;
import reprise.dsl.plan.Plan;
import reprise.dsl.result.Outcome;
import reprise.dsl.unit.Checks;

/**
 * Phases of published cells: columns {@code load}, {@code temperature}, {@code train_loss}, {@code
 * trace}, {@code connectivity}, {@code similarity}, {@code train_accuracy}, {@code test_accuracy}.
 *
 * @param rule decides the phases
 * @param cells the data set of the registry
 * @param leastLoad cells of less are left out, as published tables hold some beyond the figures
 */
public record PhaseTable(PhaseRule rule, DataSet cells, double leastLoad)
    implements Experiment<PhaseTableResult> {
  static final String CELLS = "cells";

  public PhaseTable {
    Checks.present("phase rule", rule);
    Checks.present("data set", cells);
  }

  /** Without cells whose load-like parameter lies below this. */
  public PhaseTable from(double load) {
    return new PhaseTable(rule, cells, load);
  }

  @Override
  public Plan plan() {
    return new Plan(
        "phases of " + cells.id() + " (" + rule + ")",
        List.of(),
        List.of(new AnalysisTask.ReadPoints(CELLS, new PointsSource.Registered(cells))));
  }

  @Override
  public PhaseTableResult result(Outcome outcome) {
    return new PhaseTableResult(this, outcome);
  }
}
