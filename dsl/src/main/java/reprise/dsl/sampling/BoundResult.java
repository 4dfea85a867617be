package reprise.dsl.sampling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import reprise.dsl.chart.Figure;
import reprise.dsl.chart.Layer;
import reprise.dsl.chart.Plot;
import reprise.dsl.chart.PlotAxis;
import reprise.dsl.claim.Measured;
import reprise.dsl.result.Measure;
import reprise.dsl.result.Outcome;
import reprise.dsl.study.StudyResult;
import reprise.dsl.study.Trials;
import reprise.dsl.unit.Numbers;

/**
 * How often bounds were broken and how much mass was kept.
 *
 * @param experiment what was asked
 * @param outcome all that came out
 * @param trials distributions, concentration by concentration
 */
public record BoundResult(BoundStudy experiment, Outcome outcome, Trials<BoundTrial> trials)
    implements StudyResult<BoundTrial> {
  /** Draws in which what the paper's rule keeps has too much entropy. */
  public static final Measure BROKEN = new Measure("bound broken by the paper's rule", "draws");

  /** The same of the rule in the published program, which does not renormalise what it keeps. */
  public static final Measure RELEASED_BROKEN =
      new Measure("bound broken by the published program's rule", "draws");

  /** Mass kept over the largest mass of a subset within the bound, the mean over draws. */
  public static final Measure MASS = new Measure("mass over that of the best subset", "share");

  /** The same, the least of all draws. */
  public static final Measure LEAST_MASS =
      new Measure("least mass over that of the best subset", "share");

  /** Draws in which nothing better exists. */
  public static final Measure BEST = new Measure("draws that keep the best subset", "draws");

  /** Tokens that the native sampler drew outside of what the rule keeps. */
  public static final Measure OUTSIDE = new Measure("drawn outside what is kept", "tokens");

  /** A count over all draws. */
  public Measured count(Measure measure) {
    return Measured.exactly(
        Arrays.stream(trials.values(measure, "")).sum(),
        measure.name() + ", of " + Numbers.grouped((long) draws()) + " distributions");
  }

  private double draws() {
    return trials.all().stream().mapToInt(run -> run.task().draws()).sum();
  }

  /** The mean share of the best subset's mass, each distribution counted once. */
  public Measured mass() {
    double[] means = trials.values(MASS, "");
    double[] least = trials.values(LEAST_MASS, "");
    return Measured.exactly(
        Arrays.stream(means).average().orElseThrow(),
        "mean over "
            + Numbers.grouped((long) draws())
            + " distributions; the least is "
            + Numbers.significant(Arrays.stream(least).min().orElseThrow(), 3)
            + ", nothing better exists for "
            + Numbers.significant(100 * count(BEST).value() / draws(), 2)
            + " %");
  }

  @Override
  public List<Figure> charts() {
    if (trials.isEmpty()) {
      return List.of();
    }
    List<Layer> layers = new ArrayList<>();
    trials
        .by(BoundTrial::concentration)
        .forEach((c, group) ->
            layers.add(group.line("Dirichlet " + Numbers.plain(c), BoundTrial::alpha, MASS, "")));
    return List.of(
        Plot.of(
                PlotAxis.linear("alpha", "share of the entropy allowed"),
                PlotAxis.linear("kept mass over the best subset's", ""))
            .add(layers)
            .add(Layer.horizontal("best", 1))
            .figure(
                "kept-mass",
                "Mass that the greedy rule keeps, relative to the best subset within the bound, on"
                    + " distributions over "
                    + experiment.alphabet().count()
                    + " tokens."));
  }

  /** One line: distributions, bounds broken, mass. */
  @Override
  public String toString() {
    return Numbers.grouped((long) draws())
        + " distributions; bound broken "
        + Numbers.plain(count(BROKEN).value())
        + " times, by the published program's rule "
        + Numbers.plain(count(RELEASED_BROKEN).value())
        + " times; mass "
        + Numbers.significant(mass().value(), 3)
        + " of the best subset's";
  }
}
