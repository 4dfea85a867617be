package reprise.dsl.spectral;

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
 * Entropies of a layer before and after training.
 *
 * @param experiment what was asked
 * @param outcome all that came out
 * @param trials one a classifier
 */
public record TrainingResult(
    TrainingStudy experiment, Outcome outcome, Trials<TrainingTrial> trials)
    implements StudyResult<TrainingTrial> {
  /** Diffusion spectral entropy of the activations as they are, sigma 10, t = 1. */
  public static final Measure RAW = new Measure("DSE of activations", "bits");

  /** The same of activations of length 1, sigma 0.5. */
  public static final Measure UNIT = new Measure("DSE of unit activations", "bits");

  /** Diffusion spectral mutual information with the labels trained on; of {@link #RAW}. */
  public static final Measure DSMI = new Measure("DSMI with labels", "bits");

  /** Share of training examples with the right label. */
  public static final Measure ACCURACY = new Measure("training accuracy", "share");

  /** Before the first step. */
  public static final String BEFORE = "before";

  /** After the last. */
  public static final String AFTER = "after";

  /** How much a measure rises in training. */
  public Measured rise(Measure measure, boolean shuffled) {
    return of(shuffled)
        .mean(
            run -> run.readings().value(measure, AFTER) - run.readings().value(measure, BEFORE),
            "rise of "
                + measure.heading()
                + " in training on "
                + (shuffled ? "shuffled" : "true")
                + " labels, accuracy "
                + Numbers.significant(of(shuffled).mean(ACCURACY, AFTER).value(), 3));
  }

  /** A measure after training on true labels over the same on shuffled labels. */
  public Measured trueOverShuffled(Measure measure) {
    double[] shuffled = of(true).values(measure, AFTER);
    return of(false)
        .mean(
            run -> run.readings().value(measure, AFTER) / shuffled[run.task().seed() - 1],
            measure.heading() + " after training, true over shuffled labels");
  }

  private Trials<TrainingTrial> of(boolean shuffled) {
    return trials.where(t -> t.shuffled() == shuffled);
  }

  @Override
  public List<Figure> charts() {
    if (of(false).isEmpty() || of(true).isEmpty()) {
      return List.of();
    }
    return List.of(
        Plot.of(
                PlotAxis.linear("DSE of activations after training", "bits"),
                PlotAxis.linear("DSMI with the labels after training", "bits"))
            .add(
                Layer.points(
                    "true labels", of(false).values(RAW, AFTER), of(false).values(DSMI, AFTER)),
                Layer.points(
                    "shuffled labels", of(true).values(RAW, AFTER), of(true).values(DSMI, AFTER)))
            .figure(
                "training",
                "Entropy and mutual information of the last hidden layer after training, a point a"
                    + " classifier. Entropy rises whatever the labels; information about them"
                    + " needs labels that mean something."));
  }

  /** One line: mutual information on both kinds of labels. */
  @Override
  public String toString() {
    if (of(false).isEmpty() || of(true).isEmpty()) {
      return "no classifier finished";
    }
    return "DSMI after training "
        + Numbers.significant(of(false).mean(DSMI, AFTER).value(), 3)
        + " bits on true labels, "
        + Numbers.significant(of(true).mean(DSMI, AFTER).value(), 3)
        + " on shuffled ones";
  }
}
