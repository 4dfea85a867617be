package reprise.dsl.compression;

import java.util.List;
import reprise.dsl.Experiment;
import reprise.dsl.data.DataSet;
import reprise.dsl.data.PointsSource;
import reprise.dsl.plan.AnalysisTask;
import reprise.dsl.plan.Plan;
import reprise.dsl.result.Outcome;
import reprise.dsl.unit.Checks;

/**
 * Published capacities: rows with everything that enters the formula, and a figure's points by
 * series.
 *
 * @param rows columns {@code text}, {@code loss}, {@code flops}, {@code ic}
 * @param figure columns {@code flops}, {@code ic}; rows are named by their series
 * @param bias b of the published values, in bits
 */
public record PublishedCapacity(DataSet rows, DataSet figure, double bias)
    implements Experiment<PublishedCapacityResult> {
  static final String ROWS = "rows";
  static final String FIGURE = "figure";

  public PublishedCapacity {
    Checks.present("rows", rows);
    Checks.present("figure", figure);
    Checks.finite("bias", bias);
  }

  /** With another bias in bits; the authors' for mixed text unless set. */
  public PublishedCapacity bias(double bits) {
    return new PublishedCapacity(rows, figure, bits);
  }

  @Override
  public Plan plan() {
    return new Plan(
        "published information capacities, b = " + bias,
        List.of(),
        List.of(
            new AnalysisTask.ReadPoints(ROWS, new PointsSource.Registered(rows)),
            new AnalysisTask.ReadPoints(FIGURE, new PointsSource.Registered(figure))));
  }

  @Override
  public PublishedCapacityResult result(Outcome outcome) {
    return new PublishedCapacityResult(this, outcome);
  }
}
