package reprise.dsl.plan;

import java.util.List;
import java.util.Optional;
import reprise.dsl.data.PointsSource;
import reprise.dsl.law.Law;
import reprise.dsl.law.Objective;
import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Flops;

/** What is computed from points once the runs are done. */
public sealed interface AnalysisTask {
  /** Unique in its plan. */
  String id();

  /** Where its points come from. */
  PointsSource points();

  /** One line for the plan. */
  String describe();

  /**
   * Fits a law: multi-start minimisation, then a bootstrap over points. Of runs, a point is a cell:
   * the mean loss of all seeds of one model and one number of tokens.
   *
   * @param id unique in its plan
   * @param law the form
   * @param objective what is minimised
   * @param points where they come from
   * @param drop points of highest loss left out before the fit
   * @param bootstrap resamples for the intervals, 0 for none
   * @param seed of the resampling
   * @param constants the constants to compare with, in the law's order; empty for no comparison
   */
  record FitLaw(
      String id,
      Law law,
      Objective objective,
      PointsSource points,
      int drop,
      int bootstrap,
      long seed,
      Optional<Reference> constants)
      implements AnalysisTask {
    public FitLaw {
      Checks.text("analysis id", id);
      Checks.present("law", law);
      Checks.present("objective", objective);
      Checks.present("points", points);
      if (drop < 0 || bootstrap < 0) {
        throw new IllegalArgumentException(
            "dropped points and resamples must not be negative, got " + drop + ", " + bootstrap);
      }
    }

    @Override
    public String describe() {
      return "fit "
          + law.formula()
          + " to "
          + points.label()
          + ", "
          + objective.text()
          + (drop == 0 ? "" : ", without the " + drop + " highest losses")
          + (bootstrap == 0 ? "" : ", " + bootstrap + " bootstrap resamples, seed " + seed);
    }
  }

  /**
   * Constants that a fit is compared with.
   *
   * @param name whose they are
   * @param values in the law's order
   */
  record Reference(String name, List<Double> values) {
    public Reference {
      Checks.text("reference", name);
      values = List.copyOf(values);
    }
  }

  /**
   * Finds the valley of every budget, a parabola in log N, and the power law of the optima.
   *
   * @param id unique in its plan
   * @param budgets the compute budgets, ascending
   * @param points where they come from
   * @param bootstrap resamples for the intervals
   * @param seed of the resampling
   */
  record FindValleys(String id, List<Flops> budgets, PointsSource points, int bootstrap, long seed)
      implements AnalysisTask {
    public FindValleys {
      Checks.text("analysis id", id);
      Checks.present("points", points);
      budgets = List.copyOf(budgets);
    }

    @Override
    public String describe() {
      return "IsoFLOP valleys of "
          + budgets.size()
          + " budgets and their power law N_opt ~ C^a, "
          + bootstrap
          + " bootstrap resamples, seed "
          + seed;
    }
  }
}
