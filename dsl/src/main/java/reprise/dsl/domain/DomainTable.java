package reprise.dsl.domain;

import java.util.List;
import reprise.dsl.Experiment;
import reprise.dsl.data.PointsSource;
import reprise.dsl.plan.AnalysisTask;
import reprise.dsl.plan.Plan;
import reprise.dsl.result.Outcome;
import reprise.dsl.unit.Checks;

/**
 * Printed constants of several domains: columns {@code E_N}, {@code alpha_N}, {@code E_C}, {@code
 * alpha_C} and {@code beta}, a row a domain, NaN where nothing is printed.
 *
 * @param table where they stand
 */
public record DomainTable(PointsSource.Printed table) implements Experiment<DomainTableResult> {
  static final String TABLE = "table";

  public DomainTable {
    Checks.present("table", table);
  }

  @Override
  public Plan plan() {
    return new Plan(
        "do the constants of " + table.label() + " agree with one another",
        List.of(),
        List.of(new AnalysisTask.ReadPoints(TABLE, table)));
  }

  @Override
  public DomainTableResult result(Outcome outcome) {
    return new DomainTableResult(this, outcome);
  }
}
