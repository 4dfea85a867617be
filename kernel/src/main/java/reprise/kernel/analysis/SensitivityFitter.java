package reprise.kernel.analysis;

import java.util.ArrayList;
import java.util.List;
import reprise.dsl.law.Bootstrap;
import reprise.dsl.law.FitPlan;
import reprise.dsl.law.Objective;
import reprise.dsl.law.Points;
import reprise.dsl.law.Sensitivity;
import reprise.dsl.law.SizeCount;

/** Fits one plan again under other choices of counting rule, left-out points and objective. */
public final class SensitivityFitter {
  private SensitivityFitter() {}

  /** Every number of dropped points under every objective, without bootstrap. */
  public static Sensitivity fit(FitPlan plan, List<Integer> drops, List<Objective> objectives) {
    return fit(plan, List.of(new SizeCount.AsGiven()), drops, objectives);
  }

  /** The same under every way to count N. */
  public static Sensitivity fit(
      FitPlan plan, List<SizeCount> counts, List<Integer> drops, List<Objective> objectives) {
    List<Sensitivity.Row> rows = new ArrayList<>();
    for (SizeCount count : counts) {
      Points counted = count.of(plan.points());
      for (int drop : drops) {
        FitPlan fewer =
            plan.points(counted.dropHighest(drop, plan.law().output())).bootstrap(Bootstrap.NONE);
        for (Objective objective : objectives) {
          rows.add(new Sensitivity.Row(count, drop, Fitter.fit(fewer.objective(objective))));
        }
      }
    }
    return new Sensitivity(rows);
  }
}
