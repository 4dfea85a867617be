package reprise.dsl.walsh;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import reprise.dsl.chart.Figure;
import reprise.dsl.chart.Layer;
import reprise.dsl.chart.Plot;
import reprise.dsl.chart.PlotAxis;
import reprise.dsl.claim.Interval;
import reprise.dsl.claim.Measured;
import reprise.dsl.result.Measure;
import reprise.dsl.result.Outcome;
import reprise.dsl.result.RunOutcome.Finished;
import reprise.dsl.study.StudyResult;
import reprise.dsl.study.Trials;
import reprise.dsl.unit.Numbers;

/**
 * Which signals were recovered and what it took.
 *
 * @param experiment what was asked
 * @param outcome all that came out
 * @param trials one a signal
 */
public record WalshResult(SparseWalsh experiment, Outcome outcome, Trials<WalshTrial> trials)
    implements StudyResult<WalshTrial> {
  /** Draws whose planted coefficients are compared with the full transform. */
  public static final int CHECKED = 3;

  private static final double NORMAL = 1.959964;

  /** 1 where every place and sign is right and nothing else was found, else 0. */
  public static final Measure RECOVERED = new Measure("recovered", "");

  /** Different samples that were read, over N. */
  public static final Measure SHARE = new Measure("samples read", "share");

  /** Additions of transforms, tests and peeling. */
  public static final Measure WORK = new Measure("work", "additions");

  /** Largest difference between what was planted and the full transform; of the first draws. */
  public static final Measure FULL_GAP = new Measure("gap to the full transform", "");

  /** The least share of signals recovered, of all sizes and levels of noise. */
  public Measured leastRecovered() {
    Map<String, Double> shares = shares(trials);
    Map.Entry<String, Double> least =
        shares.entrySet().stream().min(Map.Entry.comparingByValue()).orElseThrow();
    return Measured.of(
        least.getValue(),
        wilson(least.getValue(), experiment.seeds()),
        "least share of signals recovered, of "
            + shares
            + "; samples read "
            + Numbers.significant(100 * trials.mean(SHARE, "").value(), 2)
            + " % of all on average");
  }

  /** Wilson's interval of a share p of n: {@code (p + z^2/2n +- z sqrt(..)) / (1 + z^2/n)}. */
  static Interval wilson(double p, int n) {
    double zz = NORMAL * NORMAL / n;
    double centre = (p + zz / 2) / (1 + zz);
    double half = NORMAL * Math.sqrt(p * (1 - p) / n + zz / (4 * n)) / (1 + zz);
    return new Interval(
        Math.max(0, centre - half), Math.min(1, centre + half), 0.95, "Wilson, " + n + " signals");
  }

  private static Map<String, Double> shares(Trials<WalshTrial> trials) {
    Map<String, Double> shares = new LinkedHashMap<>();
    trials
        .by(t -> t.size() + (t.noisy() ? ", " + Numbers.plain(t.decibels()) + " dB" : ""))
        .forEach((name, group) ->
            shares.put(name, Arrays.stream(group.values(RECOVERED, "")).average().orElseThrow()));
    return shares;
  }

  /**
   * Different samples read over {@code K log2 N}: the constant of the largest transform over that
   * of the smallest.
   */
  public Measured sampleGrowth() {
    return growth(
        run ->
            run.readings().value(SHARE)
                * Math.pow(2, run.task().bits())
                / (run.task().coefficients() * run.task().bits()),
        "samples over K log2 N");
  }

  /** Work over {@code K (log2 N)^2}: that of the largest transform over that of the smallest. */
  public Measured workGrowth() {
    return growth(
        run ->
            run.readings().value(WORK)
                / (run.task().coefficients() * Math.pow(run.task().bits(), 2)),
        "additions over K (log2 N)^2");
  }

  private Measured growth(ToDoubleFunction<Finished<WalshTrial>> constant, String how) {
    var sizes = trials.by(WalshTrial::size).values().stream().toList();
    double first = sizes.getFirst().mean(constant, how).value();
    double last = sizes.getLast().mean(constant, how).value();
    return Measured.exactly(
        last / first,
        how
            + ", "
            + Numbers.significant(first, 3)
            + " for the first size and "
            + Numbers.significant(last, 3)
            + " for the last");
  }

  /** The largest gap between the planted coefficients and the full transform of the samples. */
  public Measured fullGap() {
    return trials
        .where(t -> t.seed() <= CHECKED)
        .largest(run -> run.readings().value(FULL_GAP), FULL_GAP.name());
  }

  @Override
  public List<Figure> charts() {
    if (trials.isEmpty()) {
      return List.of();
    }
    List<Layer> layers = new ArrayList<>();
    trials
        .by(t -> t.size().toString())
        .forEach((name, group) ->
            layers.add(
                Layer.points(
                    name,
                    group.values(
                        run -> run.readings().value(SHARE) * Math.pow(2, run.task().bits())),
                    group.values(WORK, ""))));
    return List.of(
        Plot.of(PlotAxis.log("samples read", ""), PlotAxis.log("work", "additions"))
            .add(layers)
            .figure("cost", "What the recovery of each signal took: samples and additions."));
  }

  /** One line: signals recovered, samples and work. */
  @Override
  public String toString() {
    if (trials.isEmpty()) {
      return "no signal was tried";
    }
    return trials.all().size() + " signals; share recovered " + shares(trials);
  }
}
