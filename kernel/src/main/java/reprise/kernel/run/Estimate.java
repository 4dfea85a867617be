package reprise.kernel.run;

import reprise.dsl.plan.AnalysisTask;
import reprise.dsl.plan.Plan;

/** Expected wall time of a plan. */
final class Estimate {
  /** Seconds of a fit per start or resample, measured: a few milliseconds for 240 points. */
  private static final double FIT_SECONDS = 4e-4;

  /** Starts of a paper's grid. */
  private static final int STARTS = 4500;

  private Estimate() {}

  /** Runs on several workers: their sum shared out, but never less than the longest one. */
  static double runs(Plan plan, StepCost cost, int workers) {
    double sum = plan.runs().stream().mapToDouble(cost::seconds).sum();
    double longest = plan.runs().stream().mapToDouble(cost::seconds).max().orElse(0);
    return Math.max(sum / workers, longest);
  }

  static double analyses(Plan plan) {
    return plan.analyses().stream().mapToDouble(Estimate::analysis).sum();
  }

  private static double analysis(AnalysisTask task) {
    return switch (task) {
      case AnalysisTask.FitLaw fit -> FIT_SECONDS * (STARTS + fit.bootstrap());
      case AnalysisTask.FindValleys valleys -> 1e-5 * valleys.bootstrap();
    };
  }
}
