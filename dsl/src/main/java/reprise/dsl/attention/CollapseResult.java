package reprise.dsl.attention;

import static reprise.dsl.attention.MatrixScale.PLAIN;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import reprise.dsl.RunFailure;
import reprise.dsl.chart.Figure;
import reprise.dsl.claim.Measured;
import reprise.dsl.claim.Seeds;
import reprise.dsl.result.Outcome;
import reprise.dsl.result.Ranks;
import reprise.dsl.result.Result;
import reprise.dsl.result.RunOutcome.Finished;
import reprise.dsl.unit.Numbers;
import tech.tablesaw.api.Table;

/**
 * What an experiment on the entropy of attention answers. A run fails where a head's entropy was
 * below a tenth of ln T and the training loss rose by more than a nat above its least before.
 *
 * @param experiment what was asked
 * @param outcome all that came out
 */
public record CollapseResult(EntropyCollapse experiment, Outcome outcome) implements Result {
  private static final int ENOUGH = 3;

  /** One row a run, look and block: entropies, and the run's rise of the loss and held-out loss. */
  @Override
  public Table frame() {
    return CollapseFrame.of(finished());
  }

  /** The runs that came to an end, those whose loss broke among them. */
  public List<Finished<CollapseTask>> finished() {
    return outcome.finished(CollapseTask.class);
  }

  /** The runs of one kind of matrices at one rate. */
  public List<Finished<CollapseTask>> runs(MatrixScale scale, double rate) {
    return of(scale).stream().filter(r -> r.task().rate() == rate).toList();
  }

  /** Whether at least two of three seeds of a setting are collapsed and unstable. */
  public boolean fails(MatrixScale scale, double rate) {
    List<Finished<CollapseTask>> runs = runs(scale, rate);
    return !runs.isEmpty() && 3 * failures(runs) >= 2L * runs.size();
  }

  /** Learning rates at which plain matrices fail in two of three seeds, and these in no seed. */
  public Measured rescued(MatrixScale scale) {
    List<Double> failing = failing(PLAIN);
    List<Double> rescued =
        failing.stream().filter(rate -> failures(runs(scale, rate)) == 0).toList();
    return exactly(
        rescued.size(),
        "learning rates at which plain matrices fail and "
            + scale.word()
            + " does not: "
            + rescued
            + ", of "
            + failing
            + " at which plain ones fail");
  }

  /** Learning rates at which matrices of a kind fail in at least two of three seeds. */
  public Measured failingRates(MatrixScale scale) {
    List<Double> failing = failing(scale);
    return exactly(
        failing.size(), "learning rates at which " + scale.word() + " fails: " + failing);
  }

  /**
   * Spearman's rank correlation, within a seed, of the least entropy with the largest rise of the
   * training loss over all learning rates of these kinds; 0 where one of them does not vary.
   */
  public Measured correlation(MatrixScale... scales) {
    List<MatrixScale> kinds = List.of(scales);
    return seeds(
        "rank correlation of least entropy and rise of the loss",
        seed -> {
          List<Finished<CollapseTask>> runs =
              finished().stream()
                  .filter(r -> r.task().seed() == seed && kinds.contains(r.task().scale()))
                  .toList();
          double r =
              Ranks.correlation(
                  runs.stream().mapToDouble(CollapseRuns::least).toArray(),
                  runs.stream().mapToDouble(CollapseRuns::rise).toArray());
          return Double.isNaN(r) ? 0 : r;
        });
  }

  /** Least entropy at the largest rate, one kind less another, in units of ln T. */
  public Measured entropyAtLargestRate(MatrixScale scale, MatrixScale other) {
    double unit = Math.log(finished().getFirst().task().model().context());
    return seeds(
        "least entropy at the largest learning rate over ln T, " + less(scale, other),
        seed ->
            (largest(scale, seed, CollapseRuns::least) - largest(other, seed, CollapseRuns::least))
                / unit);
  }

  /** Held-out loss at the largest rate, one kind less another. */
  public Measured lossAtLargestRate(MatrixScale scale, MatrixScale other) {
    return seeds(
        "held-out loss at the largest learning rate, nats, " + less(scale, other),
        seed ->
            largest(scale, seed, CollapseRuns::loss) - largest(other, seed, CollapseRuns::loss));
  }

  /** Held-out loss at the best rate of each, one kind less another. */
  public Measured bestLoss(MatrixScale scale, MatrixScale other) {
    return seeds(
        "held-out loss at the best learning rate of each, nats, " + less(scale, other),
        seed -> least(losses(scale, seed)) - least(losses(other, seed)));
  }

  /** Largest less smallest held-out loss over the rates, one kind less another. */
  public Measured sensitivity(MatrixScale scale, MatrixScale other) {
    return seeds(
        "largest less smallest held-out loss over the rates, nats, " + less(scale, other),
        seed -> spread(losses(scale, seed)) - spread(losses(other, seed)));
  }

  /** Entropy of a row of attention less the bound at its own logits, the least of all runs. */
  public Measured margin() {
    double[] margins =
        finished().stream()
            .mapToDouble(r -> r.readings().value(CollapseMeasures.MARGIN))
            .filter(Double::isFinite)
            .toArray();
    return exactly(
        least(margins),
        "least entropy less its bound, nats, of all rows of " + margins.length + " runs");
  }

  @Override
  public List<Figure> charts() {
    return finished().isEmpty() ? List.of() : CollapseCharts.of(this);
  }

  /** One line: at how many rates each kind of matrices fails. */
  @Override
  public String toString() {
    if (finished().isEmpty()) {
      return "entropy of attention: no run finished";
    }
    return "collapsed and unstable, of "
        + experiment.rates().size()
        + " learning rates: "
        + experiment.scales().stream()
            .map(scale -> scale.word() + " at " + failing(scale).size())
            .collect(Collectors.joining(", "));
  }

  private List<Finished<CollapseTask>> of(MatrixScale scale) {
    return finished().stream().filter(r -> r.task().scale() == scale).toList();
  }

  private List<Double> failing(MatrixScale scale) {
    return experiment.rates().stream().filter(rate -> fails(scale, rate)).toList();
  }

  private static long failures(List<Finished<CollapseTask>> runs) {
    return runs.stream().filter(r -> CollapseRuns.collapsed(r) && CollapseRuns.unstable(r)).count();
  }

  private double largest(
      MatrixScale scale, int seed, ToDoubleFunction<Finished<CollapseTask>> value) {
    return runs(scale, experiment.rates().getLast()).stream()
        .filter(r -> r.task().seed() == seed)
        .mapToDouble(value)
        .findFirst()
        .orElseThrow(() -> missing(scale, seed));
  }

  private double[] losses(MatrixScale scale, int seed) {
    double[] losses =
        of(scale).stream()
            .filter(r -> r.task().seed() == seed)
            .mapToDouble(CollapseRuns::loss)
            .toArray();
    if (losses.length == 0) {
      throw missing(scale, seed);
    }
    return losses;
  }

  private static RunFailure missing(MatrixScale scale, int seed) {
    return new RunFailure(
        "no run with " + scale.word() + " matrices and seed " + seed + " finished");
  }

  private static double least(double[] values) {
    return Arrays.stream(values).min().orElse(Double.NaN);
  }

  private static double spread(double[] values) {
    return Arrays.stream(values).max().orElse(Double.NaN) - least(values);
  }

  private static String less(MatrixScale scale, MatrixScale other) {
    return scale.word() + " less " + other.word();
  }

  private Measured exactly(double value, String how) {
    return checked(Measured.exactly(value, how));
  }

  private Measured seeds(String how, java.util.function.IntToDoubleFunction value) {
    double[] values = IntStream.rangeClosed(1, experiment.seeds()).mapToDouble(value).toArray();
    return checked(
        Seeds.mean(
            values,
            "seeds",
            how
                + ": "
                + Arrays.stream(values)
                    .mapToObj(v -> Numbers.significant(v, 3))
                    .collect(Collectors.joining(", "))));
  }

  private Measured checked(Measured measured) {
    long seeds = finished().stream().mapToInt(r -> r.task().seed()).distinct().count();
    return measured.check(CollapseMeasures.THREE_SEEDS, seeds >= ENOUGH, seeds + " finished");
  }
}
