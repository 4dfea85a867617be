package reprise.dsl.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import reprise.dsl.Experiment;
import reprise.dsl.data.PointsSource;
import reprise.dsl.law.Law;
import reprise.dsl.law.Objective;
import reprise.dsl.law.SizeCount;
import reprise.dsl.plan.AnalysisTask;
import reprise.dsl.plan.Plan;
import reprise.dsl.result.Outcome;
import reprise.dsl.unit.Checks;

/**
 * How far the constants of a law move with choices that a paper seldom defends: one fit for every
 * combination. Options are set again by naming them again; {@link #counting} adds a rule.
 *
 * @param law the form
 * @param points where they come from
 * @param counts ways to count N; as given unless more are named
 * @param drops numbers of points of highest loss left out; 0 unless set
 * @param objectives what is minimised; Huber of four deltas, least absolute, least squares unless
 *     set
 */
public record FitChoices(
    Law law,
    PointsSource points,
    List<SizeCount> counts,
    List<Integer> drops,
    List<Objective> objectives)
    implements Experiment<VariedFits> {
  /** Id of the analysis in plan and outcome. */
  static final String CHOICES = "choices";

  public FitChoices {
    Checks.present("law", law);
    Checks.present("points", points);
    counts = List.copyOf(counts);
    drops = List.copyOf(drops);
    objectives = List.copyOf(objectives);
  }

  /** Numbers of points of highest loss to leave out. */
  public FitChoices drop(Integer... highest) {
    return new FitChoices(law, points, counts, Arrays.asList(highest), objectives);
  }

  /** What is minimised, one after the other. */
  public FitChoices objectives(Objective... minimised) {
    return new FitChoices(law, points, counts, drops, Arrays.asList(minimised));
  }

  /** Also with N from another column of the points, such as one without embeddings. */
  public FitChoices counting(String rule, String column) {
    return also(new SizeCount.InColumn(rule, column));
  }

  /** Also with N = C/(6 D), for a column C that counts attention or the head. */
  public FitChoices countingByCompute(String rule, String column) {
    return also(new SizeCount.FromCompute(rule, column));
  }

  private FitChoices also(SizeCount count) {
    List<SizeCount> all = new ArrayList<>(counts);
    all.removeIf(c -> c.rule().equals(count.rule()));
    all.add(count);
    return new FitChoices(law, points, all, drops, objectives);
  }

  @Override
  public Plan plan() {
    return new Plan(
        "sensitivity of " + law.formula() + " to " + points.label(),
        List.of(),
        List.of(new AnalysisTask.VaryChoices(CHOICES, law, points, counts, drops, objectives)));
  }

  @Override
  public VariedFits result(Outcome outcome) {
    return new VariedFits(this, outcome);
  }
}
