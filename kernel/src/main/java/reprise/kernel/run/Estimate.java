package reprise.kernel.run;

import reprise.dsl.plan.AnalysisTask;
import reprise.dsl.plan.Plan;

/** Expected wall time of a plan. */
final class Estimate {
  /** Seconds of a start or a resample on two cores: 8500 of them take 4.3 s (bench fit). */
  private static final double FIT_SECONDS = 5e-4;

  private Estimate() {}

  /** Bundles on several workers: their sum shared out, but never less than the longest one. */
  static double runs(Plan plan, Trainers trainers, StepCost cost, int workers) {
    double sum = 0;
    double longest = 0;
    for (Trainers.Bundle<?> bundle : trainers.bundles(plan.runs(), workers)) {
      double seconds =
          bundle.tasks().stream().mapToDouble(task -> trainers.seconds(task, cost)).sum();
      sum += seconds;
      longest = Math.max(longest, seconds);
    }
    return Math.max(sum / workers, longest);
  }

  static double analyses(Plan plan) {
    return plan.analyses().stream().mapToDouble(Estimate::analysis).sum();
  }

  private static double analysis(AnalysisTask task) {
    return switch (task) {
      case AnalysisTask.FitLaw fit ->
          FIT_SECONDS * (fit.law().starts().size() + fit.bootstrap().replicates());
      case AnalysisTask.CompareForms forms ->
          FIT_SECONDS
              * forms.laws().stream().mapToInt(l -> l.starts().size() + forms.folds()).sum();
      case AnalysisTask.VaryChoices vary -> FIT_SECONDS * vary.fits() * vary.law().starts().size();
      case AnalysisTask.ReadPoints _, AnalysisTask.FitLadder _ -> 0;
      case AnalysisTask.MeasureDensity density -> 1e-5 * density.choices().bootstrap();
      case AnalysisTask.FindValleys valleys ->
          (valleys.interpolated().isPresent() ? 1e-4 : 1e-5) * valleys.bootstrap();
    };
  }
}
