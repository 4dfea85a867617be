package reprise.dsl.plan;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import reprise.dsl.data.PointsSource;
import reprise.dsl.density.DensityPlan;
import reprise.dsl.density.LadderChoices;
import reprise.dsl.law.Bootstrap;
import reprise.dsl.law.Bound;
import reprise.dsl.law.HeldOut;
import reprise.dsl.law.IsoFlopPlan;
import reprise.dsl.law.Law;
import reprise.dsl.law.Objective;
import reprise.dsl.law.SeedNoise;
import reprise.dsl.law.SizeCount;
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
   * @param bootstrap for the intervals
   * @param weights column of the points that weighs them, if any
   * @param bounds of constants
   * @param constants the constants to compare with, in the law's order; empty for no comparison
   */
  record FitLaw(
      String id,
      Law law,
      Objective objective,
      PointsSource points,
      int drop,
      Bootstrap bootstrap,
      Optional<String> weights,
      List<Bound> bounds,
      Optional<Reference> constants)
      implements AnalysisTask {
    public FitLaw {
      Checks.text("analysis id", id);
      Checks.present("law", law);
      Checks.present("objective", objective);
      Checks.present("points", points);
      Checks.present("bootstrap", bootstrap);
      bounds = List.copyOf(bounds);
      if (drop < 0) {
        throw new IllegalArgumentException("dropped points must not be negative, got " + drop);
      }
    }

    /** Without weights, bounds and constants to compare with. */
    public FitLaw(
        String id, Law law, Objective objective, PointsSource points, Bootstrap bootstrap) {
      this(id, law, objective, points, 0, bootstrap, Optional.empty(), List.of(), Optional.empty());
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
          + weights.map(w -> ", weighted by " + w).orElse("")
          + (bounds.isEmpty()
              ? ""
              : ", " + bounds.stream().map(Bound::toString).collect(Collectors.joining(", ")))
          + resamples();
    }

    private String resamples() {
      if (bootstrap.replicates() == 0) {
        return "";
      }
      boolean cases = bootstrap.of() == Bootstrap.Resampling.CASES;
      return ", "
          + bootstrap.replicates()
          + " bootstrap resamples"
          + (cases ? "" : " of " + bootstrap.of().text())
          + ", seed "
          + bootstrap.seed();
    }
  }

  /**
   * Compares forms of a law on the same points: information criteria, cross-validation, and points
   * held out.
   *
   * @param id unique in its plan
   * @param laws at least two, with the same output
   * @param objective minimised for each
   * @param points where they come from
   * @param heldOut points to be predicted, if any
   * @param folds of the cross-validation, 0 for none
   * @param seed of the folds
   */
  record CompareForms(
      String id,
      List<Law> laws,
      Objective objective,
      PointsSource points,
      Optional<HeldOut> heldOut,
      int folds,
      long seed)
      implements AnalysisTask {
    public CompareForms {
      Checks.text("analysis id", id);
      Checks.present("objective", objective);
      Checks.present("points", points);
      laws = List.copyOf(laws);
      if (laws.size() < 2) {
        throw new IllegalArgumentException(
            "a comparison of forms needs two laws, got " + laws.size());
      }
    }

    @Override
    public String describe() {
      return "compare "
          + laws.stream().map(Law::name).collect(Collectors.joining(", "))
          + " on "
          + points.label()
          + ", "
          + objective.text()
          + heldOut.map(h -> ", held out " + h).orElse("")
          + (folds == 0 ? "" : ", " + folds + " folds of cells, seed " + seed);
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
   * Finds the valley of every budget, a parabola in log N or an Akima spline, and the power law of
   * the optima.
   *
   * @param id unique in its plan
   * @param budgets the compute budgets, ascending; empty for those that the points have
   * @param points where they come from
   * @param window how many sizes around the best one a parabola takes
   * @param interpolated splines in place of parabolas, with this noise of seeds
   * @param bootstrap resamples for the intervals
   * @param seed of the resampling
   */
  record FindValleys(
      String id,
      List<Flops> budgets,
      PointsSource points,
      int window,
      Optional<SeedNoise> interpolated,
      int bootstrap,
      long seed)
      implements AnalysisTask {
    public FindValleys {
      Checks.text("analysis id", id);
      Checks.present("points", points);
      Checks.present("interpolation", interpolated);
      budgets = List.copyOf(budgets);
    }

    /** Parabolas through all sizes. */
    public FindValleys(
        String id, List<Flops> budgets, PointsSource points, int bootstrap, long seed) {
      this(id, budgets, points, IsoFlopPlan.ALL_SIZES, Optional.empty(), bootstrap, seed);
    }

    @Override
    public String describe() {
      return "IsoFLOP valleys of "
          + (budgets.isEmpty() ? "the budgets of " + points.label() : budgets.size() + " budgets")
          + interpolated.map(n -> ", Akima splines").orElse("")
          + (window == IsoFlopPlan.ALL_SIZES ? "" : ", parabolas of " + window + " sizes")
          + " and their power law N_opt ~ C^a, "
          + bootstrap
          + " bootstrap resamples, seed "
          + seed;
    }
  }

  /**
   * Fits a law again under other choices: how N is counted, how many of the highest losses are left
   * out, what is minimised.
   *
   * @param id unique in its plan
   * @param law the form
   * @param points where they come from
   * @param counts ways to count N, at least one
   * @param drops numbers of points left out, at least one
   * @param objectives at least one
   */
  record VaryChoices(
      String id,
      Law law,
      PointsSource points,
      List<SizeCount> counts,
      List<Integer> drops,
      List<Objective> objectives)
      implements AnalysisTask {
    public VaryChoices {
      Checks.text("analysis id", id);
      Checks.present("law", law);
      Checks.present("points", points);
      counts = List.copyOf(counts);
      drops = List.copyOf(drops);
      objectives = List.copyOf(objectives);
      if (counts.isEmpty() || drops.isEmpty() || objectives.isEmpty()) {
        throw new IllegalArgumentException(
            "sensitivity: give at least one counting rule, one number of dropped points and one"
                + " objective");
      }
    }

    /** Number of fits. */
    public int fits() {
      return counts.size() * drops.size() * objectives.size();
    }

    @Override
    public String describe() {
      return "fit "
          + law.formula()
          + " to "
          + points.label()
          + " under "
          + fits()
          + " choices: N "
          + counts.stream().map(SizeCount::rule).collect(Collectors.joining(" or "))
          + "; without the "
          + drops.stream().map(String::valueOf).collect(Collectors.joining(", "))
          + " highest losses; "
          + objectives.stream().map(Objective::text).collect(Collectors.joining(" or "));
    }
  }

  /**
   * Reads points as they are, for a family that judges them by a rule of its own.
   *
   * @param id unique in its plan
   * @param points where they come from
   */
  record ReadPoints(String id, PointsSource points) implements AnalysisTask {
    public ReadPoints {
      Checks.text("analysis id", id);
      Checks.present("points", points);
    }

    @Override
    public String describe() {
      return "read " + points.label();
    }
  }

  /**
   * Measures density of models by their scores and fits the trend of the records.
   *
   * @param id unique in its plan
   * @param points names of models, billions of parameters, and a column of each metric
   * @param choices metric, ruler, envelope
   */
  record MeasureDensity(String id, PointsSource points, DensityPlan choices)
      implements AnalysisTask {
    public MeasureDensity {
      Checks.text("analysis id", id);
      Checks.present("points", points);
      Checks.present("choices", choices);
    }

    @Override
    public String describe() {
      return "density by " + choices.describe() + ", of " + points.label();
    }
  }

  /**
   * Makes a ruler of each seed's reference models: loss from size and tokens, score from loss.
   *
   * @param id unique in its plan
   * @param choices benchmark and reference tokens
   */
  record FitLadder(String id, LadderChoices choices) implements AnalysisTask {
    public FitLadder {
      Checks.text("analysis id", id);
      Checks.present("choices", choices);
    }

    @Override
    public PointsSource points() {
      return new PointsSource.Runs();
    }

    @Override
    public String describe() {
      return "fit " + choices.describe();
    }
  }
}
