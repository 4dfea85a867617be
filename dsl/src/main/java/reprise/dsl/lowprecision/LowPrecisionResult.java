package reprise.dsl.lowprecision;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import reprise.dsl.RunFailure;
import reprise.dsl.chart.Figure;
import reprise.dsl.claim.Measured;
import reprise.dsl.claim.Seeds;
import reprise.dsl.law.FpQuant;
import reprise.dsl.result.Outcome;
import reprise.dsl.result.Ranks;
import reprise.dsl.result.Result;
import reprise.dsl.result.RunOutcome.Finished;
import reprise.dsl.unit.Numbers;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * What training in low precision answers. Runs are compared within a seed.
 *
 * @param experiment what was asked
 * @param outcome all that came out
 */
public record LowPrecisionResult(LowPrecision experiment, Outcome outcome) implements Result {
  /** Condition: an interval of fewer seeds says little. */
  public static final String THREE_SEEDS = "at least three seeds finished";

  private static final int ENOUGH = 3;

  /** One row a run: format, E, M, B, N, D, held-out loss; columns as the law names its inputs. */
  @Override
  public Table frame() {
    StringColumn id = StringColumn.create("run");
    StringColumn format = StringColumn.create("format");
    IntColumn e = IntColumn.create("E");
    IntColumn m = IntColumn.create("M");
    IntColumn b = IntColumn.create("B");
    LongColumn n = LongColumn.create("N");
    LongColumn d = LongColumn.create("D");
    IntColumn seed = IntColumn.create("seed");
    DoubleColumn loss = DoubleColumn.create("loss");
    StringColumn digest = StringColumn.create("digest");
    for (Finished<LowPrecisionTask> run : finished()) {
      LowPrecisionTask task = run.task();
      id.append(task.id());
      format.append(task.format().toString());
      e.append(task.format().exponentBits());
      m.append(task.format().mantissaBits());
      b.append(task.format().wide() ? 1 : task.block());
      n.append(Math.round(task.params().count()));
      d.append(task.tokens().count());
      seed.append(task.seed());
      loss.append(run.loss());
      digest.append(run.digest().substring(0, Math.min(12, run.digest().length())));
    }
    return Table.create("training in low precision", id, format, e, m, b, n, d, seed, loss, digest);
  }

  /** The runs that came to their end. */
  public List<Finished<LowPrecisionTask>> finished() {
    return outcome.finished(LowPrecisionTask.class);
  }

  /** Loss in one format less that in another, at the smallest block and the most tokens. */
  public Measured gap(FloatFormat coarse, FloatFormat fine) {
    return each(
        "held-out loss in " + coarse + " less that in " + fine + ", nats",
        seed -> loss(seed, coarse, smallest(), most()) - loss(seed, fine, smallest(), most()));
  }

  /**
   * Rank correlation, over formats, of the loss and the law's precision term {@code 1 / ((E +
   * .5)^delta (M + .5)^nu)} with the published delta and nu.
   */
  public Measured order() {
    List<FloatFormat> formats = experiment.formats();
    double[] terms = formats.stream().mapToDouble(LowPrecisionResult::term).toArray();
    return each(
        "rank correlation of loss and precision term over " + formats.size() + " formats",
        seed ->
            Ranks.correlation(
                formats.stream().mapToDouble(f -> loss(seed, f, smallest(), most())).toArray(),
                terms));
  }

  private static double term(FloatFormat format) {
    FpQuant law = new FpQuant();
    double delta = FpQuant.PUBLISHED.get(law.constantNames().indexOf("delta"));
    double nu = FpQuant.PUBLISHED.get(law.constantNames().indexOf("nu"));
    return 1
        / Math.pow(format.exponentBits() + .5, delta)
        / Math.pow(format.mantissaBits() + .5, nu);
  }

  /** Least-squares slope of the loss over log2 B, nats for every doubling of the block. */
  public Measured blockSlope(FloatFormat format) {
    double[] x = experiment.blocks().stream().mapToDouble(b -> Math.log(b) / Math.log(2)).toArray();
    return each(
        "slope of the loss in " + format + " over log2 B, B in " + experiment.blocks() + ", nats",
        seed ->
            slope(
                x,
                experiment.blocks().stream()
                    .mapToDouble(b -> loss(seed, format, b, most()))
                    .toArray()));
  }

  /** How much the gap between two formats grows from the fewest tokens to the most. */
  public Measured gapGrowth(FloatFormat coarse, FloatFormat fine) {
    long few = experiment.tokens().stream().mapToLong(t -> t.count()).min().orElseThrow();
    return each(
        "gap between "
            + coarse
            + " and "
            + fine
            + " at "
            + Numbers.grouped(most())
            + " tokens less that at "
            + Numbers.grouped(few)
            + ", nats",
        seed ->
            loss(seed, coarse, smallest(), most())
                - loss(seed, fine, smallest(), most())
                - loss(seed, coarse, smallest(), few)
                + loss(seed, fine, smallest(), few));
  }

  @Override
  public List<Figure> charts() {
    return finished().isEmpty() ? List.of() : LowPrecisionCharts.of(this);
  }

  /** One line: the mean loss of each format. */
  @Override
  public String toString() {
    if (finished().isEmpty()) {
      return "training in low precision: no run finished";
    }
    return "held-out loss: "
        + experiment.formats().stream()
            .map(f ->
                f
                    + " "
                    + Numbers.significant(
                        finished().stream()
                            .filter(r -> r.task().format().equals(f))
                            .mapToDouble(Finished::loss)
                            .average()
                            .orElse(Double.NaN),
                        4))
            .collect(Collectors.joining(", "));
  }

  int smallest() {
    return experiment.blocks().getFirst();
  }

  long most() {
    return experiment.tokens().stream().mapToLong(t -> t.count()).max().orElseThrow();
  }

  /** Runs of one format, at a block and a number of tokens. */
  List<Finished<LowPrecisionTask>> cell(FloatFormat format, int block, long tokens) {
    Predicate<LowPrecisionTask> which =
        t ->
            t.format().equals(format)
                && (format.wide() || t.block() == block)
                && t.tokens().count() == tokens;
    return finished().stream().filter(r -> which.test(r.task())).toList();
  }

  private double loss(int seed, FloatFormat format, int block, long tokens) {
    return cell(format, block, tokens).stream()
        .filter(r -> r.task().seed() == seed)
        .mapToDouble(Finished::loss)
        .findFirst()
        .orElse(Double.NaN);
  }

  private Measured each(String how, ToDoubleFunction<Integer> value) {
    List<Double> values = new ArrayList<>();
    finished().stream()
        .map(r -> r.task().seed())
        .distinct()
        .map(value::applyAsDouble)
        .filter(v -> !v.isNaN())
        .forEach(values::add);
    if (values.isEmpty()) {
      throw new RunFailure(how + ": no finished run speaks to it");
    }
    double[] all = values.stream().mapToDouble(Double::doubleValue).toArray();
    String list =
        Arrays.stream(all)
            .mapToObj(v -> Numbers.significant(v, 3))
            .collect(Collectors.joining(", "));
    return Seeds.mean(all, "seeds", how + ": " + list)
        .check(THREE_SEEDS, all.length >= ENOUGH, all.length + " finished");
  }

  private static double slope(double[] x, double[] y) {
    double meanX = Arrays.stream(x).average().orElseThrow();
    double meanY = Arrays.stream(y).average().orElseThrow();
    double cross = 0;
    double square = 0;
    for (int i = 0; i < x.length; i++) {
      cross += (x[i] - meanX) * (y[i] - meanY);
      square += (x[i] - meanX) * (x[i] - meanX);
    }
    return cross / square;
  }
}
