package reprise.dsl.fit;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import reprise.dsl.Experiment;
import reprise.dsl.data.PointsSource;
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
 * @param resamples of the bootstrap; 1000 unless set
 * @param seed of the bootstrap; 42 unless set
 * @param reference constants to compare with, if any
 */
public record LawFit(
    Law law,
    PointsSource points,
    Objective objective,
    int dropped,
    int resamples,
    long seed,
    Optional<AnalysisTask.Reference> reference)
    implements Experiment<FittedLaw> {
  /** Id of the analysis in plan and outcome. */
  static final String FIT = "fit";

  public LawFit {
    Checks.present("law", law);
    Checks.present("points", points);
    Checks.present("objective", objective);
  }

  /** What is minimised. */
  public LawFit objective(Objective minimised) {
    return new LawFit(law, points, minimised, dropped, resamples, seed, reference);
  }

  /** Leaves out that many points of highest loss. */
  public LawFit drop(int highest) {
    return new LawFit(law, points, objective, highest, resamples, seed, reference);
  }

  /** The number of bootstrap resamples. */
  public LawFit bootstrap(int count) {
    return new LawFit(law, points, objective, dropped, count, seed, reference);
  }

  /** The seed of the bootstrap. */
  public LawFit seed(long bootstrapSeed) {
    return new LawFit(law, points, objective, dropped, resamples, bootstrapSeed, reference);
  }

  /** Constants to compare the fit with, in the law's order, and whose they are. */
  public LawFit comparedWith(String whose, double... constants) {
    List<Double> values = Arrays.stream(constants).boxed().toList();
    return new LawFit(
        law,
        points,
        objective,
        dropped,
        resamples,
        seed,
        Optional.of(new AnalysisTask.Reference(whose, values)));
  }

  @Override
  public Plan plan() {
    return new Plan(
        "fit " + law.formula() + " to " + points.label(),
        List.of(),
        List.of(
            new AnalysisTask.FitLaw(
                FIT, law, objective, points, dropped, resamples, seed, reference)));
  }

  @Override
  public FittedLaw result(Outcome outcome) {
    return new FittedLaw(this, outcome);
  }
}
