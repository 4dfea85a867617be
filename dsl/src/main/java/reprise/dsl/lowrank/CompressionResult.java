package reprise.dsl.lowrank;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import reprise.dsl.chart.Figure;
import reprise.dsl.chart.Layer;
import reprise.dsl.chart.Plot;
import reprise.dsl.chart.PlotAxis;
import reprise.dsl.claim.Measured;
import reprise.dsl.result.Measure;
import reprise.dsl.result.Outcome;
import reprise.dsl.result.RunOutcome.Finished;
import reprise.dsl.study.StudyResult;
import reprise.dsl.study.Trials;
import reprise.dsl.unit.Numbers;

/**
 * What compression costs.
 *
 * @param experiment what was asked
 * @param outcome all that came out
 * @param trials one a model
 */
public record CompressionResult(
    CompressionStudy experiment, Outcome outcome, Trials<CompressionTrial> trials)
    implements StudyResult<CompressionTrial> {
  /** Rise of the cross-entropy by plain SVD, at a rank. */
  public static final Measure PLAIN = new Measure("rise of the loss, SVD", "nats");

  /** Rise of the cross-entropy by Fisher-weighted SVD, at a rank. */
  public static final Measure WEIGHTED = new Measure("rise of the loss, weighted SVD", "nats");

  /** Frobenius norm of the error of plain SVD, at a rank. */
  public static final Measure PLAIN_ERROR = new Measure("error of the matrix, SVD", "");

  /** Frobenius norm of the error of Fisher-weighted SVD, at a rank. */
  public static final Measure WEIGHTED_ERROR = new Measure("error of the matrix, weighted SVD", "");

  /** Ratio of the 95th to the 5th percentile of the row weights. */
  public static final Measure SPREAD = new Measure("spread of row weights", "");

  /** The stage of a rank. */
  public static String at(int rank) {
    return "rank " + rank;
  }

  /** Rise of the loss, weighted over plain: the largest of all models. */
  public Measured mostRise(Subject subject, int rank) {
    return of(subject).largest(rise(rank), how(subject, rank));
  }

  /** Loss after weighted SVD minus that after plain SVD, over seeds. */
  public Measured difference(Subject subject, int rank) {
    return of(subject)
        .mean(
            run -> run.readings().value(WEIGHTED, at(rank)) - run.readings().value(PLAIN, at(rank)),
            "nats that weighted SVD loses more than plain SVD, "
                + subject.word()
                + ", rank "
                + rank
                + ", row weights spread "
                + Numbers.significant(of(subject).mean(SPREAD, "").value(), 2)
                + "-fold");
  }

  /** Rise of the loss, weighted over plain, over seeds. */
  public Measured rise(Subject subject, int rank) {
    return of(subject).mean(rise(rank), how(subject, rank));
  }

  private static ToDoubleFunction<Finished<CompressionTrial>> rise(int rank) {
    return run -> run.readings().value(WEIGHTED, at(rank)) / run.readings().value(PLAIN, at(rank));
  }

  private String how(Subject subject, int rank) {
    return "rise of the loss, weighted over plain, "
        + subject.word()
        + ", rank "
        + rank
        + ", row weights spread "
        + Numbers.significant(of(subject).mean(SPREAD, "").value(), 2)
        + "-fold";
  }

  /** Error of the matrix, weighted over plain: the smallest of all models. */
  public Measured leastError(Subject subject, int rank) {
    return of(subject)
        .smallest(
            run ->
                run.readings().value(WEIGHTED_ERROR, at(rank))
                    / run.readings().value(PLAIN_ERROR, at(rank)),
            "Frobenius error, weighted over plain, " + subject.word() + ", rank " + rank);
  }

  private Trials<CompressionTrial> of(Subject subject) {
    return trials.where(t -> t.subject() == subject);
  }

  @Override
  public List<Figure> charts() {
    if (trials.isEmpty()) {
      return List.of();
    }
    List<Layer> layers = new ArrayList<>();
    double[] ranks = experiment.ranks().stream().mapToDouble(Integer::doubleValue).toArray();
    for (Subject subject : experiment.whose().subjects()) {
      double[] ratios =
          experiment.ranks().stream().mapToDouble(rank -> rise(subject, rank).value()).toArray();
      layers.add(Layer.line(subject.word(), ranks, ratios).labelled());
    }
    return List.of(
        Plot.of(
                PlotAxis.log("rank", ""),
                PlotAxis.linear("rise of the loss, weighted over plain", ""))
            .add(layers)
            .add(Layer.horizontal("alike", 1))
            .figure(
                "rises",
                "What Fisher weights gain: below 1 they save loss. They do where rows differ"
                    + " because inputs differ in frequency."));
  }

  /** One line: the ratio of rises at the smallest rank. */
  @Override
  public String toString() {
    int rank = experiment.ranks().stream().mapToInt(Integer::intValue).min().orElse(1);
    List<String> each = new ArrayList<>();
    for (Subject subject : experiment.whose().subjects()) {
      if (!of(subject).isEmpty()) {
        each.add(subject.word() + " " + Numbers.significant(rise(subject, rank).value(), 3));
      }
    }
    return "rise of the loss at rank " + rank + ", weighted over plain: " + String.join(", ", each);
  }
}
