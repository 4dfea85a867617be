package reprise.dsl.sensing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import reprise.dsl.chart.Figure;
import reprise.dsl.chart.Layer;
import reprise.dsl.chart.Plot;
import reprise.dsl.chart.PlotAxis;
import reprise.dsl.claim.Measured;
import reprise.dsl.result.LossCurve;
import reprise.dsl.result.Measure;
import reprise.dsl.result.Outcome;
import reprise.dsl.study.StudyResult;
import reprise.dsl.study.Trials;
import reprise.dsl.unit.Numbers;

/**
 * Losses of descents and how fast they fall.
 *
 * @param experiment what was asked
 * @param outcome all that came out
 * @param trials its descents; the curve of a trial is the loss {@code |product - M|_F^2} by step
 */
public record SensingResult(MatrixSensing experiment, Outcome outcome, Trials<SensingTrial> trials)
    implements StudyResult<SensingTrial> {
  /** {@code |product - M|_F^2} after the last step. */
  public static final Measure LOSS = new Measure("final loss", "");

  /** {@code log2 of loss(T) / loss(T/2)}: -2 where the loss falls as 1 / T^2. */
  public static final Measure SLOPE = new Measure("slope of the loss over the last doubling", "");

  /** {@code -d ln loss / d step} where the loss falls from 1e-4 to 1e-20. */
  public static final Measure RATE = new Measure("linear rate", "a step");

  /** The largest final loss of all descents with factors of that many columns. */
  public Measured finalLoss(int rank) {
    return trials
        .where(t -> t.rank() == rank)
        .largest(run -> run.readings().value(LOSS), "final loss, k = " + rank);
  }

  /** The smallest final loss of all descents with factors of that many columns. */
  public Measured leastLoss(int rank) {
    return trials
        .where(t -> t.rank() == rank)
        .smallest(run -> run.readings().value(LOSS), "final loss, k = " + rank);
  }

  /** The local slope of the loss at the end, over seeds. */
  public Measured slope(int rank) {
    return trials.where(t -> t.rank() == rank).mean(SLOPE, "");
  }

  /** How many times faster the descent from the larger scale is, seed by seed. */
  public Measured rateRatio(double larger, double smaller) {
    Map<Integer, Trials<SensingTrial>> slow =
        trials.where(t -> t.scale() == smaller).by(SensingTrial::seed);
    return trials
        .where(t -> t.scale() == larger)
        .mean(
            run -> run.readings().value(RATE) / slow.get(run.task().seed()).values(RATE, "")[0],
            "rate from alpha "
                + Numbers.plain(larger)
                + " over that from "
                + Numbers.plain(smaller));
  }

  @Override
  public List<Figure> charts() {
    if (trials.isEmpty()) {
      return List.of();
    }
    List<Layer> layers = new ArrayList<>();
    trials
        .where(t -> t.seed() == 1)
        .all()
        .forEach(run -> {
          LossCurve curve = run.curve();
          double[] steps = Arrays.stream(curve.steps()).asDoubleStream().toArray();
          double[] losses = Arrays.stream(curve.losses()).map(l -> Math.max(l, 1e-32)).toArray();
          layers.add(Layer.line(label(run.task()), steps, losses).labelled());
        });
    return List.of(
        Plot.of(PlotAxis.log("gradient step", ""), PlotAxis.log("squared error", ""))
            .add(layers)
            .figure(
                "descents",
                "Error of "
                    + experiment.factors().word()
                    + " factors by step, one draw. A straight line is a power of the step; a fall"
                    + " that steepens is linear convergence."));
  }

  private String label(SensingTrial trial) {
    return experiment.scales().size() > 1
        ? "alpha " + Numbers.plain(trial.scale())
        : "k = " + trial.rank();
  }

  /** One line: descents and their final losses. */
  @Override
  public String toString() {
    StringBuilder line = new StringBuilder(trials.all().size() + " descents; largest final loss");
    for (int rank : experiment.ranks()) {
      if (!trials.where(t -> t.rank() == rank).isEmpty()) {
        line.append(" ")
            .append(Numbers.significant(finalLoss(rank).value(), 2))
            .append(" with k = ")
            .append(rank);
      }
    }
    return line.toString();
  }
}
