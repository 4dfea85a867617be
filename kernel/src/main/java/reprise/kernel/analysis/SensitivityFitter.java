package reprise.kernel.analysis;

import java.util.ArrayList;
import java.util.List;
import reprise.dsl.law.Bootstrap;
import reprise.dsl.law.FitPlan;
import reprise.dsl.law.Objective;
import reprise.dsl.law.Sensitivity;

/** Fits one plan again under other choices of objective and left-out points. */
public final class SensitivityFitter {
  private SensitivityFitter() {}

  /** Every number of dropped points under every objective, without bootstrap. */
  public static Sensitivity fit(FitPlan plan, List<Integer> drops, List<Objective> objectives) {
    List<Sensitivity.Row> rows = new ArrayList<>();
    for (int drop : drops) {
      FitPlan fewer =
          plan.points(plan.points().dropHighest(drop, plan.law().output()))
              .bootstrap(Bootstrap.NONE);
      for (Objective objective : objectives) {
        rows.add(new Sensitivity.Row(drop, Fitter.fit(fewer.objective(objective))));
      }
    }
    return new Sensitivity(rows);
  }
}
