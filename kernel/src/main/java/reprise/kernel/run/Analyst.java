package reprise.kernel.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import reprise.dsl.RunFailure;
import reprise.dsl.data.DataSet;
import reprise.dsl.data.PointsSource;
import reprise.dsl.law.Bootstrap;
import reprise.dsl.law.Column;
import reprise.dsl.law.Fit;
import reprise.dsl.law.FitPlan;
import reprise.dsl.law.IsoFlopPlan;
import reprise.dsl.law.Points;
import reprise.dsl.plan.AnalysisTask;
import reprise.dsl.result.Finding;
import reprise.dsl.result.Provenance;
import reprise.dsl.result.RunOutcome;
import reprise.kernel.analysis.ChiSquare;
import reprise.kernel.analysis.Fitter;
import reprise.kernel.analysis.IsoFlopFitter;
import reprise.kernel.data.DataSets;
import reprise.kernel.data.PointTable;

/** Makes the analyses of a plan and remembers which data sets it read. */
final class Analyst {
  private final List<Provenance.Data> data = new ArrayList<>();

  /** The data sets read so far. */
  List<Provenance.Data> data() {
    return List.copyOf(data);
  }

  /**
   * Makes one analysis.
   *
   * @throws RunFailure when too few runs ended for it, or its data cannot be read
   */
  Finding analyse(AnalysisTask task, List<RunOutcome> runs) {
    Points points =
        switch (task.points()) {
          case PointsSource.Runs r -> points(task, runs);
          case PointsSource.Registered registered -> registered(registered.dataSet());
          case PointsSource.Csv csv -> PointTable.read(csv.path(), csv.columns());
        };
    try {
      return switch (task) {
        case AnalysisTask.FitLaw fit -> fit(fit, points.drop(fit.drop()));
        case AnalysisTask.FindValleys valleys ->
            new Finding.Valleys(
                valleys.id(),
                IsoFlopFitter.fit(
                    IsoFlopPlan.of(points).bootstrap(valleys.bootstrap(), valleys.seed())));
      };
    } catch (IllegalArgumentException unfit) {
      throw new RunFailure("analysis '" + task.id() + "': " + unfit.getMessage(), unfit);
    }
  }

  private static Finding fit(AnalysisTask.FitLaw task, Points points) {
    Fit fit =
        Fitter.fit(
            FitPlan.of(task.law(), points)
                .objective(task.objective())
                .bootstrap(new Bootstrap(task.bootstrap(), task.seed())));
    Optional<Finding.Comparison> comparison =
        task.constants().map(reference -> ChiSquare.compare(fit, reference));
    return new Finding.FittedLaw(task.id(), fit, points, comparison);
  }

  private Points registered(DataSet dataSet) {
    DataSets.Located located = DataSets.standard().find(dataSet);
    data.add(
        new Provenance.Data(
            dataSet.id(), located.form().sha256(), dataSet.origin().toString(), dataSet.licence()));
    return PointTable.read(located.path(), located.form().columns());
  }

  // N, D, C and loss of the runs that ended
  private static Points points(AnalysisTask task, List<RunOutcome> runs) {
    List<RunOutcome.Finished> done =
        runs.stream()
            .filter(RunOutcome.Finished.class::isInstance)
            .map(RunOutcome.Finished.class::cast)
            .toList();
    if (done.isEmpty()) {
      throw new RunFailure(
          "analysis '"
              + task.id()
              + "' has no points: none of the "
              + runs.size()
              + " runs came to its end"
              + firstFailure(runs));
    }
    List<String> labels = done.stream().map(r -> r.task().id()).toList();
    double[] n = done.stream().mapToDouble(r -> r.task().params().count()).toArray();
    double[] d = done.stream().mapToDouble(r -> r.task().tokens().count()).toArray();
    // a cell of a budget stands at its budget, though whole steps make its work differ slightly
    double[] c =
        done.stream()
            .mapToDouble(r -> r.task().budget().orElse(r.task().flops()).count())
            .toArray();
    double[] loss = done.stream().mapToDouble(RunOutcome.Finished::loss).toArray();
    return new Points(
        List.of(
            new Column("N", n), new Column("D", d), new Column("C", c), new Column("loss", loss)),
        labels);
  }

  private static String firstFailure(List<RunOutcome> runs) {
    return runs.stream()
        .filter(RunOutcome.Failed.class::isInstance)
        .map(RunOutcome.Failed.class::cast)
        .findFirst()
        .map(f -> "; the first failed with: " + f.reason())
        .orElse("");
  }
}
