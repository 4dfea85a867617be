package reprise.dsl.compression;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import reprise.dsl.RunFailure;
import reprise.dsl.chart.Figure;
import reprise.dsl.chart.Layer;
import reprise.dsl.chart.Plot;
import reprise.dsl.chart.PlotAxis;
import reprise.dsl.claim.Measured;
import reprise.dsl.claim.Seeds;
import reprise.dsl.data.Corpus;
import reprise.dsl.plan.TrainTask;
import reprise.dsl.result.Measure;
import reprise.dsl.result.Outcome;
import reprise.dsl.result.Result;
import reprise.dsl.result.RunOutcome.Finished;
import reprise.dsl.unit.Numbers;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Capacities of our own models.
 *
 * @param experiment what was asked
 * @param outcome all that came out
 */
public record InformationCapacityResult(InformationCapacity experiment, Outcome outcome)
    implements Result {
  /** Bits of UTF-8 of a held-out token, T. */
  public static final Measure TEXT_BITS = new Measure("text of a held-out token", "bits");

  /** One row a run: T, NLL, F, and IC with the bias of the first tokenizer. */
  @Override
  public Table frame() {
    double b = bias();
    StringColumn id = StringColumn.create("run");
    StringColumn tokenizer = StringColumn.create("tokenizer");
    IntColumn width = IntColumn.create("width");
    DoubleColumn text = DoubleColumn.create("text bits/token");
    DoubleColumn loss = DoubleColumn.create("loss bits/token");
    DoubleColumn flops = DoubleColumn.create("FLOP/token");
    DoubleColumn nats = DoubleColumn.create("loss nats/token");
    DoubleColumn ic = DoubleColumn.create("IC");
    for (Finished<TrainTask> run : runsDone()) {
      Capacity c = capacity(run);
      id.append(run.task().id());
      tokenizer.append(run.task().corpus().domain());
      width.append(run.task().model().width());
      text.append(c.textBits());
      loss.append(c.lossBits());
      flops.append(c.flops().count());
      nats.append(run.loss());
      ic.append(c.with(b));
    }
    return Table.create("information capacity", id, tokenizer, width, text, loss, flops, nats, ic);
  }

  /**
   * The bias b that makes the sizes under the first tokenizer coincide best. IC is {@code u + b v}
   * with {@code u = (T - NLL) / log2 F} and {@code v = 1 / log2 F}; its variance over the runs is
   * least at {@code b = -cov(u, v) / var(v)}.
   */
  public double bias() {
    List<Capacity> series = capacities(experiment.tokenizers().getFirst());
    double[] u = series.stream().mapToDouble(c -> c.gain() / c.log2Flops()).toArray();
    double[] v = series.stream().mapToDouble(c -> 1 / c.log2Flops()).toArray();
    return -Moments.covariance(u, v) / Moments.covariance(v, v);
  }

  /** Largest less smallest mean IC of the sizes under a tokenizer. */
  public double spread(Corpus tokenizer) {
    double[] sizes = sizes(tokenizer);
    return Arrays.stream(sizes).max().orElseThrow() - Arrays.stream(sizes).min().orElseThrow();
  }

  /** The largest spread within a tokenizer over the least gap between two tokenizers' means. */
  public Measured spreadOverGap() {
    double widest = experiment.tokenizers().stream().mapToDouble(this::spread).max().orElseThrow();
    double[] means =
        experiment.tokenizers().stream()
            .mapToDouble(t -> Moments.mean(sizes(t)))
            .sorted()
            .toArray();
    double gap = Double.POSITIVE_INFINITY;
    for (int i = 1; i < means.length; i++) {
      gap = Math.min(gap, means[i] - means[i - 1]);
    }
    return Measured.exactly(
        widest / gap,
        "widest series "
            + number(widest)
            + ", least gap "
            + number(gap)
            + ", b = "
            + number(bias())
            + " bits from "
            + experiment.tokenizers().getFirst().domain());
  }

  /** IC under a tokenizer less that under the first, model by model: its mean and range. */
  public Measured shift(Corpus tokenizer) {
    double b = bias();
    List<Capacity> first = capacities(experiment.tokenizers().getFirst());
    List<Capacity> other = capacities(tokenizer);
    if (first.size() != other.size()) {
      throw new RunFailure(
          "a run did not end, so that models cannot be paired: "
              + first.size()
              + " under the first tokenizer, "
              + other.size()
              + " under "
              + tokenizer.label());
    }
    double[] shifts = new double[first.size()];
    for (int i = 0; i < shifts.length; i++) {
      shifts[i] = other.get(i).with(b) - first.get(i).with(b);
    }
    return Seeds.range(
        Moments.mean(shifts),
        shifts,
        "models",
        tokenizer.domain() + " less " + experiment.tokenizers().getFirst().domain());
  }

  /** Correlation of T with IC over all runs. */
  public Measured correlationWithText() {
    double b = bias();
    List<Capacity> all =
        experiment.tokenizers().stream().flatMap(t -> capacities(t).stream()).toList();
    double[] text = all.stream().mapToDouble(Capacity::textBits).toArray();
    double[] ic = all.stream().mapToDouble(c -> c.with(b)).toArray();
    return Measured.exactly(Moments.correlation(text, ic), all.size() + " runs");
  }

  private double[] sizes(Corpus tokenizer) {
    double b = bias();
    return runsDone().stream()
        .filter(run -> run.task().corpus().equals(tokenizer))
        .collect(
            Collectors.groupingBy(
                run -> run.task().model().width(),
                Collectors.averagingDouble(run -> capacity(run).with(b))))
        .values()
        .stream()
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  private List<Capacity> capacities(Corpus tokenizer) {
    List<Capacity> all =
        runsDone().stream()
            .filter(run -> run.task().corpus().equals(tokenizer))
            .map(InformationCapacityResult::capacity)
            .toList();
    if (all.size() < 2) {
      throw new RunFailure(
          "information capacity needs two models under "
              + tokenizer.label()
              + ", and "
              + all.size()
              + " came to their end");
    }
    return all;
  }

  private static Capacity capacity(Finished<TrainTask> run) {
    return new Capacity(
        run.readings().value(TEXT_BITS),
        run.loss() / Math.log(2),
        DecodingCost.of(run.task().model()).ofToken(run.task().model().context()));
  }

  private List<Finished<TrainTask>> runsDone() {
    return outcome.finished(TrainTask.class);
  }

  @Override
  public List<Figure> charts() {
    double b = bias();
    List<Layer> layers = new ArrayList<>();
    for (Corpus tokenizer : experiment.tokenizers()) {
      List<Capacity> series = capacities(tokenizer);
      layers.add(
          Layer.points(
              tokenizer.domain()
                  + ", "
                  + number(series.getFirst().textBits())
                  + " bits of text a token",
              series.stream().mapToDouble(c -> c.flops().count()).toArray(),
              series.stream().mapToDouble(c -> c.with(b)).toArray()));
    }
    return List.of(
        Plot.of(
                PlotAxis.log("FLOP of a generated token", ""),
                PlotAxis.linear("information capacity", ""))
            .add(layers)
            .figure(
                "information-capacity",
                "Information capacity against compute, a point a run. The bias b = "
                    + number(b)
                    + " bits makes the sizes of the first series coincide; the other series lie"
                    + " where that bias puts them."));
  }

  /** One line: the mean capacity of every tokenizer. */
  @Override
  public String toString() {
    return runsDone().size()
        + " runs, b = "
        + number(bias())
        + " bits; IC "
        + experiment.tokenizers().stream()
            .map(t ->
                String.format(
                    Locale.ROOT,
                    "%s %.3f +- %.3f",
                    t.domain(),
                    Moments.mean(sizes(t)),
                    spread(t) / 2))
            .collect(Collectors.joining(", "));
  }

  private static String number(double value) {
    return Numbers.significant(value, 3);
  }
}
