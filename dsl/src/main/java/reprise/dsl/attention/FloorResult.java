package reprise.dsl.attention;

import java.util.ArrayList;
import java.util.List;
import reprise.dsl.chart.Figure;
import reprise.dsl.chart.Ink;
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
 * How near logits came to the bound on their entropy.
 *
 * @param experiment what was asked
 * @param outcome all that came out
 * @param trials one a number of positions and norm
 */
public record FloorResult(FloorStudy experiment, Outcome outcome, Trials<FloorTrial> trials)
    implements StudyResult<FloorTrial> {
  /** What falls like T s e^-s falls so where there are many positions. */
  private static final int MANY = 64;

  /** By the formula. */
  public static final Measure FLOOR = new Measure("bound", "nats");

  /** Entropy of the logits that the theorem names. */
  public static final Measure ATTAINED = new Measure("entropy that attains it", "nats");

  /** Least entropy of the drawn logits less the bound. */
  public static final Measure MARGIN = new Measure("least entropy drawn less the bound", "nats");

  /** The bound over T s e^-s. */
  public static final Measure TAIL = new Measure("bound over T s exp(-s)", "");

  /** Entropy of the named logits over the bound, where it is farthest from one. */
  public Measured attained() {
    return trials.largest(
        run -> Math.abs(run.readings().value(ATTAINED) / run.readings().value(FLOOR) - 1),
        "relative difference of the entropy that attains the bound from it");
  }

  /** The least margin of all drawn logits. */
  public Measured margin() {
    return trials.smallest(
        run -> run.readings().value(MARGIN), "entropy of drawn logits less the bound, nats");
  }

  /** The bound over T s e^-s at the largest norm and 64 positions or more, farthest from one. */
  public Measured tail() {
    double largest = experiment.norms().stream().mapToDouble(Double::doubleValue).max().orElse(0);
    Trials<FloorTrial> far = trials.where(t -> t.norm() == largest && t.positions() >= MANY);
    double[] ratios = far.values(TAIL, "");
    double worst = 1;
    for (double ratio : ratios) {
      worst = Math.abs(Math.log(ratio)) > Math.abs(Math.log(worst)) ? ratio : worst;
    }
    return Measured.exactly(
        worst,
        "bound over T s exp(-s) at s = "
            + Numbers.plain(largest)
            + ", the farthest from one of "
            + ratios.length
            + " numbers of positions");
  }

  @Override
  public List<Figure> charts() {
    if (trials.isEmpty()) {
      return List.of();
    }
    List<Layer> layers = new ArrayList<>();
    int slot = 0;
    for (var group : trials.by(FloorTrial::positions).entrySet()) {
      EntropyFloor floor = new EntropyFloor(group.getKey());
      double[] norms = grid();
      double[] bound = new double[norms.length];
      for (int i = 0; i < norms.length; i++) {
        bound[i] = floor.at(norms[i]);
      }
      Ink ink = Ink.slot(slot++);
      Trials<FloorTrial> all = group.getValue();
      layers.add(Layer.line("T = " + group.getKey(), norms, bound).ink(ink));
      layers.add(
          Layer.points("", all.values(r -> r.task().norm()), all.values(ATTAINED, "")).ink(ink));
    }
    return List.of(
        Plot.of(PlotAxis.linear("norm of the logits", ""), PlotAxis.log("least entropy", "nats"))
            .add(layers)
            .figure(
                "entropy-floor",
                "The bound of theorem 3.1 against the norm of the logits, lines; points are the"
                    + " entropies of the logits that the theorem names."));
  }

  private double[] grid() {
    double most = experiment.norms().stream().mapToDouble(Double::doubleValue).max().orElse(1);
    double[] norms = new double[65];
    for (int i = 0; i < norms.length; i++) {
      norms[i] = most * i / (norms.length - 1);
    }
    return norms;
  }

  /** One line: attained, and never broken. */
  @Override
  public String toString() {
    return trials.isEmpty()
        ? "no bound was measured"
        : "bound on entropy: attained to "
            + Numbers.scientific(attained().value())
            + " of itself, least margin of "
            + Numbers.grouped((long) experiment.draws() * trials.all().size())
            + " draws "
            + Numbers.scientific(margin().value())
            + " nats";
  }
}
