package reprise.dsl.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import reprise.dsl.Experiment;
import reprise.dsl.data.PointsSource;
import reprise.dsl.law.Bootstrap;
import reprise.dsl.law.Bound;
import reprise.dsl.law.Law;
import reprise.dsl.law.Objective;
import reprise.dsl.plan.AnalysisTask;
import reprise.dsl.plan.Plan;
import reprise.dsl.result.Outcome;
import reprise.dsl.unit.Checks;

/**
 * A fit, ready to run. Options are set again by naming them again.
 *
 * @param law the form
 * @param points where they come from
 * @param objective the law's own unless set
 * @param dropped points of highest loss left out; none unless set
 * @param bootstrap 1000 resamples of cases with seed 42 unless set
 * @param weights column of the points that weighs them; none unless set
 * @param bounds of constants; none unless set
 * @param reference constants to compare with, if any
 */
public record LawFit(
    Law law,
    PointsSource points,
    Objective objective,
    int dropped,
    Bootstrap bootstrap,
    Optional<String> weights,
    List<Bound> bounds,
    Optional<AnalysisTask.Reference> reference)
    implements Experiment<FittedLaw> {
  /** Id of the analysis in plan and outcome. */
  static final String FIT = "fit";

  public LawFit {
    Checks.present("law", law);
    Checks.present("points", points);
    Checks.present("objective", objective);
    Checks.present("bootstrap", bootstrap);
    bounds = List.copyOf(bounds);
  }

  /** A fit with every default. */
  static LawFit of(Law law, PointsSource points) {
    return new LawFit(
        law,
        points,
        law.objective(),
        0,
        Bootstrap.DEFAULT,
        Optional.empty(),
        List.of(),
        Optional.empty());
  }

  /** What is minimised. */
  public LawFit objective(Objective minimised) {
    return new LawFit(law, points, minimised, dropped, bootstrap, weights, bounds, reference);
  }

  /** Leaves out that many points of highest loss. */
  public LawFit drop(int highest) {
    return new LawFit(law, points, objective, highest, bootstrap, weights, bounds, reference);
  }

  /** The number of bootstrap resamples. */
  public LawFit bootstrap(int count) {
    return bootstrap(new Bootstrap(count, bootstrap.seed(), bootstrap.of()));
  }

  /** The seed of the bootstrap. */
  public LawFit seed(long bootstrapSeed) {
    return bootstrap(new Bootstrap(bootstrap.replicates(), bootstrapSeed, bootstrap.of()));
  }

  /** What the bootstrap redraws. */
  public LawFit resample(Bootstrap.Resampling redrawn) {
    return bootstrap(bootstrap.of(redrawn));
  }

  private LawFit bootstrap(Bootstrap value) {
    return new LawFit(law, points, objective, dropped, value, weights, bounds, reference);
  }

  /** Weighs the cost of every point by a column of the points. */
  public LawFit weights(String column) {
    return new LawFit(
        law, points, objective, dropped, bootstrap, Optional.of(column), bounds, reference);
  }

  /** Keeps a constant between two limits, either of which may be infinite. */
  public LawFit bound(String constant, double low, double high) {
    List<Bound> all = new ArrayList<>(bounds);
    all.removeIf(b -> b.constant().equals(constant));
    all.add(new Bound(constant, low, high));
    return new LawFit(law, points, objective, dropped, bootstrap, weights, all, reference);
  }

  /** Constants to compare the fit with, in the law's order, and whose they are. */
  public LawFit comparedWith(String whose, double... constants) {
    List<Double> values = Arrays.stream(constants).boxed().toList();
    var named = Optional.of(new AnalysisTask.Reference(whose, values));
    return new LawFit(law, points, objective, dropped, bootstrap, weights, bounds, named);
  }

  @Override
  public Plan plan() {
    return new Plan(
        "fit " + law.formula() + " to " + points.label(),
        List.of(),
        List.of(
            new AnalysisTask.FitLaw(
                FIT, law, objective, points, dropped, bootstrap, weights, bounds, reference)));
  }

  @Override
  public FittedLaw result(Outcome outcome) {
    return new FittedLaw(this, outcome);
  }
}
