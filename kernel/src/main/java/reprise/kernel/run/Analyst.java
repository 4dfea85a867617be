package reprise.kernel.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import reprise.dsl.RunFailure;
import reprise.dsl.data.DataSet;
import reprise.dsl.data.PointsSource;
import reprise.dsl.ladder.LadderTask;
import reprise.dsl.law.Bound;
import reprise.dsl.law.Fit;
import reprise.dsl.law.FitPlan;
import reprise.dsl.law.FormPlan;
import reprise.dsl.law.IsoFlopPlan;
import reprise.dsl.law.Points;
import reprise.dsl.plan.AnalysisTask;
import reprise.dsl.result.Finding;
import reprise.dsl.result.Provenance;
import reprise.dsl.result.RunOutcome;
import reprise.kernel.analysis.ChiSquare;
import reprise.kernel.analysis.DensityFitter;
import reprise.kernel.analysis.Fitter;
import reprise.kernel.analysis.FormComparer;
import reprise.kernel.analysis.IsoFlopFitter;
import reprise.kernel.analysis.LadderFitter;
import reprise.kernel.analysis.SensitivityFitter;
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
    if (task instanceof AnalysisTask.FitLadder ladder) {
      return ladder(ladder, RunOutcome.finished(runs, LadderTask.class));
    }
    Points points =
        switch (task.points()) {
          case PointsSource.Runs r ->
              task instanceof AnalysisTask.FindValleys
                  ? RunPoints.runs(task.id(), runs)
                  : RunPoints.cells(task.id(), runs);
          case PointsSource.RunsOn on ->
              task instanceof AnalysisTask.FindValleys
                  ? RunPoints.runs(task.id(), RunPoints.on(on.corpus(), runs))
                  : RunPoints.cells(task.id(), RunPoints.on(on.corpus(), runs));
          case PointsSource.Frontier frontier ->
              RunPoints.frontier(task.id(), RunPoints.on(frontier.corpus(), runs));
          case PointsSource.Registered registered -> registered(registered.dataSet());
          case PointsSource.Printed printed -> printed.points();
          case PointsSource.Csv csv -> PointTable.read(csv.path(), csv.columns());
        };
    try {
      return switch (task) {
        case AnalysisTask.FitLaw fit ->
            fit(fit, points.dropHighest(fit.drop(), fit.law().output()));
        case AnalysisTask.CompareForms forms ->
            new Finding.Forms(
                forms.id(),
                FormComparer.compare(
                    new FormPlan(
                        forms.laws(),
                        points,
                        forms.objective(),
                        forms.heldOut(),
                        forms.folds(),
                        forms.seed())));
        case AnalysisTask.ReadPoints read -> new Finding.Table(read.id(), points);
        case AnalysisTask.MeasureDensity density ->
            new Finding.Density(density.id(), DensityFitter.fit(density.choices(), points));
        case AnalysisTask.VaryChoices vary ->
            new Finding.Varied(
                vary.id(),
                SensitivityFitter.fit(
                    FitPlan.of(vary.law(), points),
                    vary.counts(),
                    vary.drops(),
                    vary.objectives()));
        case AnalysisTask.FindValleys valleys ->
            new Finding.Valleys(valleys.id(), IsoFlopFitter.fit(plan(valleys, points)));
        case AnalysisTask.FitLadder ladder ->
            throw new IllegalStateException(ladder.id() + " takes models, not points");
      };
    } catch (IllegalArgumentException unfit) {
      throw new RunFailure("analysis '" + task.id() + "': " + unfit.getMessage(), unfit);
    }
  }

  private static Finding ladder(
      AnalysisTask.FitLadder task, List<RunOutcome.Finished<LadderTask>> models) {
    try {
      return new Finding.Ladder(task.id(), LadderFitter.fit(task.choices(), models));
    } catch (IllegalArgumentException unfit) {
      throw new RunFailure("analysis '" + task.id() + "': " + unfit.getMessage(), unfit);
    }
  }

  private static IsoFlopPlan plan(AnalysisTask.FindValleys task, Points points) {
    IsoFlopPlan plan =
        IsoFlopPlan.of(points.withCompute())
            .window(task.window())
            .bootstrap(task.bootstrap(), task.seed());
    return task.interpolated().map(plan::akima).orElse(plan);
  }

  private static Finding fit(AnalysisTask.FitLaw task, Points points) {
    FitPlan plan =
        FitPlan.of(task.law(), points).objective(task.objective()).bootstrap(task.bootstrap());
    for (Bound bound : task.bounds()) {
      plan = plan.bound(bound);
    }
    Fit fit = Fitter.fit(task.weights().isPresent() ? plan.weights(task.weights().get()) : plan);
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
}
