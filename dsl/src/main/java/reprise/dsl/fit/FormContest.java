package reprise.dsl.fit;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import reprise.dsl.Experiment;
import reprise.dsl.data.PointsSource;
import reprise.dsl.law.HeldOut;
import reprise.dsl.law.Law;
import reprise.dsl.law.Objective;
import reprise.dsl.plan.AnalysisTask;
import reprise.dsl.plan.Plan;
import reprise.dsl.result.Outcome;

/**
 * Which form of a law describes and predicts the same points best. Options are set again by naming
 * them again.
 *
 * @param laws compared
 * @param points where they come from
 * @param objective Huber's cost of .001 on log loss unless set
 * @param heldOut points to be predicted; none unless set
 * @param folds of the cross-validation; 10 unless set
 * @param seed of the folds; 42 unless set
 */
public record FormContest(
    List<Law> laws,
    PointsSource points,
    Objective objective,
    Optional<HeldOut> heldOut,
    int folds,
    long seed)
    implements Experiment<ComparedForms> {
  /** Id of the analysis in plan and outcome. */
  static final String FORMS = "forms";

  public FormContest {
    laws = List.copyOf(laws);
  }

  /** What is minimised for every form. */
  public FormContest objective(Objective minimised) {
    return new FormContest(laws, points, minimised, heldOut, folds, seed);
  }

  /** Fits only points with at most {@code limit} in a column, and predicts the others. */
  public FormContest holdOutAbove(String column, double limit) {
    return new FormContest(
        laws, points, objective, Optional.of(HeldOut.above(column, limit)), folds, seed);
  }

  /** The number of folds; 0 for no cross-validation. */
  public FormContest folds(int count) {
    return new FormContest(laws, points, objective, heldOut, count, seed);
  }

  /** The seed of the folds. */
  public FormContest seed(long foldSeed) {
    return new FormContest(laws, points, objective, heldOut, folds, foldSeed);
  }

  @Override
  public Plan plan() {
    String names = laws.stream().map(Law::name).collect(Collectors.joining(", "));
    return new Plan(
        "compare " + names + " on " + points.label(),
        List.of(),
        List.of(
            new AnalysisTask.CompareForms(FORMS, laws, objective, points, heldOut, folds, seed)));
  }

  @Override
  public ComparedForms result(Outcome outcome) {
    return new ComparedForms(this, outcome);
  }
}
