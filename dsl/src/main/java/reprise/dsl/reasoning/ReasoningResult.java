package reprise.dsl.reasoning;

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
 * What heads answer that they were never told.
 *
 * @param experiment what was asked
 * @param outcome all that came out
 * @param trials one a head and draw
 */
public record ReasoningResult(
    ReasoningStudy experiment, Outcome outcome, Trials<ReasoningTrial> trials)
    implements StudyResult<ReasoningTrial> {
  /** Mean cross-entropy of the trained questions. */
  public static final Measure TRAINED = new Measure("loss of trained questions", "nats");

  /** Share of implications, never trained, that are answered as implied. */
  public static final Measure ANSWERED = new Measure("implications answered", "share");

  /** Sum of the singular values of the map, which is scaled to a smallest margin of 1. */
  public static final Measure NUCLEAR = new Measure("nuclear norm at unit margin", "");

  /** Root of the sum of their squares. */
  public static final Measure FROBENIUS = new Measure("Frobenius norm at unit margin", "");

  /** The least share of any draw. */
  public Measured leastAnswered(Head head) {
    return of(head).smallest(run -> run.readings().value(ANSWERED), ANSWERED.name());
  }

  /** The largest share of any draw. */
  public Measured mostAnswered(Head head) {
    return of(head).largest(run -> run.readings().value(ANSWERED), ANSWERED.name());
  }

  /** A measure of the factorised head over that of the merged one, draw by draw. */
  public Measured factorisedOverMerged(Measure measure) {
    double[] merged = of(Head.MERGED).values(measure, "");
    return of(Head.FACTORISED)
        .mean(
            run -> run.readings().value(measure) / merged[run.task().seed() - 1],
            measure.name() + ", W_O W_V over W_OV");
  }

  private Trials<ReasoningTrial> of(Head head) {
    return trials.where(t -> t.head() == head);
  }

  @Override
  public List<Figure> charts() {
    if (trials.isEmpty()) {
      return List.of();
    }
    List<Layer> layers = new ArrayList<>();
    trials
        .by(ReasoningTrial::head)
        .forEach((head, group) -> {
          var first = group.all().getFirst();
          double[] steps = Arrays.stream(first.curve().steps()).asDoubleStream().toArray();
          layers.add(Layer.line(head.word(), steps, first.curve().losses()).labelled());
        });
    return List.of(
        Plot.of(
                PlotAxis.log("step of gradient descent", ""),
                PlotAxis.log("loss of implications never trained", "nats"))
            .add(layers)
            .figure(
                "implications",
                "Loss of the implications about subjects of which only the fact was trained, one"
                    + " draw. The factorised head comes to know them; the merged one, which can"
                    + " express the same map, stays with the fact."));
  }

  /** One line: share answered of each head. */
  @Override
  public String toString() {
    List<String> shares = new ArrayList<>();
    trials
        .by(ReasoningTrial::head)
        .forEach((head, group) ->
            shares.add(
                head.word() + " " + Numbers.significant(group.mean(ANSWERED, "").value(), 3)));
    return "implications answered out of context: " + String.join(", ", shares);
  }
}
