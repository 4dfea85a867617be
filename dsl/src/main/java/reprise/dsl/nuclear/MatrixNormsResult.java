package reprise.dsl.nuclear;

import static reprise.dsl.nuclear.NuclearMeasures.ALL_COLUMNS;
import static reprise.dsl.nuclear.NuclearMeasures.ENTROPY;
import static reprise.dsl.nuclear.NuclearMeasures.FROBENIUS;
import static reprise.dsl.nuclear.NuclearMeasures.LARGEST_COLUMNS;
import static reprise.dsl.nuclear.NuclearMeasures.NUCLEAR;
import static reprise.dsl.nuclear.NuclearMeasures.SPEEDUP;
import static reprise.dsl.nuclear.NuclearMeasures.SURROGATE;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import reprise.dsl.RunFailure;
import reprise.dsl.chart.Figure;
import reprise.dsl.claim.Interval;
import reprise.dsl.claim.Measured;
import reprise.dsl.claim.Seeds;
import reprise.dsl.plan.Task;
import reprise.dsl.result.Measure;
import reprise.dsl.result.Outcome;
import reprise.dsl.result.Ranks;
import reprise.dsl.result.Readings;
import reprise.dsl.result.Result;
import reprise.dsl.result.RunOutcome.Finished;
import reprise.dsl.unit.Numbers;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Norms of drawn matrices and of hidden states.
 *
 * @param experiment what was asked
 * @param outcome all that came out
 */
public record MatrixNormsResult(MatrixNorms experiment, Outcome outcome) implements Result {
  private static final List<Measure> COLUMNS =
      List.of(NUCLEAR, SURROGATE, ENTROPY, LARGEST_COLUMNS, ALL_COLUMNS, FROBENIUS, SPEEDUP);

  /** One row a matrix. */
  @Override
  public Table frame() {
    StringColumn run = StringColumn.create("run");
    StringColumn at = StringColumn.create("at");
    List<DoubleColumn> columns =
        COLUMNS.stream().map(m -> DoubleColumn.create(m.toString())).toList();
    for (Finished<? extends Task> one : measured()) {
      for (String stage : stages(one.readings())) {
        run.append(one.task().id());
        at.append(stage);
        for (int i = 0; i < COLUMNS.size(); i++) {
          columns.get(i).append(one.readings().find(COLUMNS.get(i), stage).orElse(Double.NaN));
        }
      }
    }
    Table frame = Table.create("matrices", run, at);
    columns.forEach(frame::addColumns);
    return frame;
  }

  /** The least {@code sum of column lengths / nuclear norm} of all matrices: at least 1. */
  public Measured leastBound() {
    return extreme(ALL_COLUMNS, NUCLEAR, 1, "least");
  }

  /** The largest {@code nuclear norm / (sqrt(min(n, d)) Frobenius norm)}: at most 1. */
  public Measured largestOfFrobenius() {
    double most =
        drawn().stream()
            .mapToDouble(one ->
                one.readings().value(NUCLEAR)
                    / one.readings().value(FROBENIUS)
                    / Math.sqrt(Math.min(one.task().rows(), one.task().columns())))
            .max()
            .orElseThrow(MatrixNormsResult::nothing);
    return Measured.exactly(most, "the largest of " + drawn().size() + " matrices");
  }

  /**
   * How many times as long the exact norm takes, for independent numbers of that size: the
   * geometric mean over draws, since a time that is disturbed is a multiple.
   */
  public Measured speedup(int size) {
    Measured logs =
        Seeds.mean(
            of(
                t -> t.rank() == 0 && t.rows() == size,
                one -> Math.log(one.readings().value(SPEEDUP))),
            "draws",
            "processor time of both, plain loops on one thread, square normal matrix of "
                + size
                + ", geometric mean of draws");
    double mean = Math.exp(logs.value());
    return logs.interval()
        .map(i ->
            Measured.of(
                mean,
                new Interval(Math.exp(i.low()), Math.exp(i.high()), i.level(), i.method()),
                logs.how()))
        .orElse(Measured.exactly(mean, logs.how()));
  }

  /** {@code sum of the largest column lengths / nuclear norm} of square normal matrices. */
  public Measured gaussianRatio() {
    return Seeds.mean(
        of(
            t -> t.rank() == 0,
            one -> one.readings().value(LARGEST_COLUMNS) / one.readings().value(NUCLEAR)),
        "draws",
        "square normal matrices");
  }

  /**
   * How much the surrogate rises with rank for one unit of the nuclear norm's rise: {@code ln(S_b /
   * S_a) / ln(N_b / N_a)} between ranks a and b. 1 for a faithful stand-in, 0 for a blind one.
   */
  public Measured sightOfRank(int from, int to) {
    double[] low = logs(from, SURROGATE);
    double[] high = logs(to, SURROGATE);
    double[] lowExact = logs(from, NUCLEAR);
    double[] highExact = logs(to, NUCLEAR);
    double[] sight = new double[Math.min(low.length, high.length)];
    for (int i = 0; i < sight.length; i++) {
      sight[i] = (high[i] - low[i]) / (highExact[i] - lowExact[i]);
    }
    return Seeds.mean(
        sight,
        "draws",
        "from rank "
            + from
            + " to "
            + to
            + " the surrogate rises by "
            + Numbers.significant(Math.expm1(high[0] - low[0]) * 100, 3)
            + " %, the nuclear norm by "
            + Numbers.significant(Math.expm1(highExact[0] - lowExact[0]) * 100, 3)
            + " %");
  }

  private double[] logs(int rank, Measure measure) {
    return of(t -> t.rank() == rank, one -> Math.log(one.readings().value(measure)));
  }

  /** Spearman's correlation of the surrogate with a measure over checkpoints, a number a model. */
  public Measured tracks(Measure measure) {
    double[] all =
        trained().stream()
            .mapToDouble(one -> Ranks.correlation(along(one, SURROGATE), along(one, measure)))
            .toArray();
    if (all.length == 0) {
      throw nothing();
    }
    return Seeds.correlations(
        all, "models", "rank correlation with " + measure + " over checkpoints of training");
  }

  private double[] along(Finished<HiddenStatesTask> one, Measure measure) {
    return stages(one.readings()).stream()
        .mapToDouble(at -> one.readings().value(measure, at))
        .toArray();
  }

  private Measured extreme(Measure above, Measure below, int sign, String word) {
    double[] ratios =
        measured().stream()
            .flatMap(one ->
                stages(one.readings()).stream()
                    .map(at -> one.readings().value(above, at) / one.readings().value(below, at)))
            .mapToDouble(Double::doubleValue)
            .map(v -> sign * v)
            .sorted()
            .toArray();
    if (ratios.length == 0) {
      throw nothing();
    }
    return Measured.exactly(sign * ratios[0], "the " + word + " of " + ratios.length + " matrices");
  }

  @Override
  public List<Figure> charts() {
    return MatrixCharts.of(this);
  }

  /** One line: how many matrices, and how well the surrogate follows. */
  @Override
  public String toString() {
    int matrices = measured().stream().mapToInt(one -> stages(one.readings()).size()).sum();
    return matrices
        + (matrices == 1 ? " matrix" : " matrices")
        + (drawn().isEmpty() ? "" : "; column lengths over nuclear norm at least " + leastBound())
        + (trained().isEmpty()
            ? ""
            : "; over checkpoints it follows the nuclear norm with rank"
                + " correlation "
                + tracks(NUCLEAR));
  }

  List<Finished<MatrixTask>> drawn() {
    return outcome.finished(MatrixTask.class);
  }

  List<Finished<HiddenStatesTask>> trained() {
    return outcome.finished(HiddenStatesTask.class);
  }

  private List<Finished<? extends Task>> measured() {
    return new ArrayList<>(Stream.concat(drawn().stream(), trained().stream()).toList());
  }

  static List<String> stages(Readings readings) {
    return readings.values().stream()
        .filter(r -> r.measure().equals(NUCLEAR))
        .map(r -> r.at())
        .toList();
  }

  private double[] of(
      java.util.function.Predicate<MatrixTask> which,
      ToDoubleFunction<Finished<MatrixTask>> value) {
    double[] values =
        drawn().stream().filter(one -> which.test(one.task())).mapToDouble(value).toArray();
    if (values.length == 0) {
      throw nothing();
    }
    return values;
  }

  private static RunFailure nothing() {
    return new RunFailure("no such matrix was measured; the plan lists those that are");
  }
}
