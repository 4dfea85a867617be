package reprise.dsl.study;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import reprise.dsl.RunFailure;
import reprise.dsl.chart.Layer;
import reprise.dsl.claim.Interval;
import reprise.dsl.claim.Measured;
import reprise.dsl.claim.Seeds;
import reprise.dsl.plan.Field;
import reprise.dsl.result.Measure;
import reprise.dsl.result.Outcome;
import reprise.dsl.result.Reading;
import reprise.dsl.result.RunOutcome.Finished;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * Finished trials of one kind: filtered, averaged over seeds, tabulated and drawn.
 *
 * @param all in the plan's order
 * @param <T> kind
 */
public record Trials<T extends Trial>(List<Finished<T>> all) {
  public Trials {
    all = List.copyOf(all);
  }

  /** Those of an outcome. */
  public static <T extends Trial> Trials<T> of(Outcome outcome, Class<T> kind) {
    return new Trials<>(outcome.finished(kind));
  }

  /** Those whose settings hold. */
  public Trials<T> where(Predicate<T> holds) {
    return new Trials<>(all.stream().filter(run -> holds.test(run.task())).toList());
  }

  /** Whether none is left. */
  public boolean isEmpty() {
    return all.isEmpty();
  }

  /**
   * A number of each trial.
   *
   * @throws RunFailure when there is no trial
   */
  public double[] values(ToDoubleFunction<Finished<T>> number) {
    if (all.isEmpty()) {
      throw new RunFailure(
          "no trial of these settings finished, so nothing can be measured; plan(..) shows which"
              + " settings there are");
    }
    return all.stream().mapToDouble(number).toArray();
  }

  /** A measure of each trial, at that stage. */
  public double[] values(Measure measure, String at) {
    return values(run -> run.readings().value(measure, at));
  }

  /** The mean of a number over trials with its 95 % interval. */
  public Measured mean(ToDoubleFunction<Finished<T>> number, String how) {
    return Seeds.mean(values(number), "seeds", how);
  }

  /** The mean of a measure over trials with its 95 % interval. */
  public Measured mean(Measure measure, String at) {
    String stage = at.isEmpty() ? "" : " at " + at;
    return mean(run -> run.readings().value(measure, at), measure.heading() + stage);
  }

  /** The largest of a number over all trials: a bound that none may break. */
  public Measured largest(ToDoubleFunction<Finished<T>> number, String how) {
    double max = Arrays.stream(values(number)).max().orElseThrow();
    return Measured.exactly(max, how + ", the largest of " + all.size() + " trials");
  }

  /** The smallest of a number over all trials: a bound that none may break. */
  public Measured smallest(ToDoubleFunction<Finished<T>> number, String how) {
    double min = Arrays.stream(values(number)).min().orElseThrow();
    return Measured.exactly(min, how + ", the smallest of " + all.size() + " trials");
  }

  /** Trials that share a setting, in the order in which it first appears. */
  public <K> Map<K, Trials<T>> by(Function<T, K> setting) {
    Map<K, List<Finished<T>>> groups =
        all.stream()
            .collect(
                Collectors.groupingBy(
                    run -> setting.apply(run.task()), LinkedHashMap::new, Collectors.toList()));
    Map<K, Trials<T>> trials = new LinkedHashMap<>();
    groups.forEach((key, runs) -> trials.put(key, new Trials<>(runs)));
    return trials;
  }

  /** The mean of a measure over seeds against a setting, with intervals where there are seeds. */
  public Layer.Points line(String name, ToDoubleFunction<T> x, Measure measure, String at) {
    Map<Double, Trials<T>> groups = new TreeMap<>(by(task -> x.applyAsDouble(task)));
    Collection<Measured> means =
        groups.values().stream().map(group -> group.mean(measure, at)).toList();
    double[] xs = groups.keySet().stream().mapToDouble(Double::doubleValue).toArray();
    double[] ys = means.stream().mapToDouble(Measured::value).toArray();
    Layer.Points points = Layer.points(name, xs, ys);
    return means.stream().allMatch(mean -> mean.interval().isPresent())
        ? points.bars(ends(means, Interval::low), ends(means, Interval::high))
        : points;
  }

  private static double[] ends(Collection<Measured> means, ToDoubleFunction<Interval> end) {
    return means.stream().mapToDouble(m -> end.applyAsDouble(m.interval().orElseThrow())).toArray();
  }

  /** One row a trial, measure and stage. */
  public Table frame() {
    StringColumn run = StringColumn.create("run");
    Map<String, Column<?>> settings = new LinkedHashMap<>();
    StringColumn measure = StringColumn.create("measure");
    StringColumn at = StringColumn.create("at");
    DoubleColumn value = DoubleColumn.create("value");
    for (Finished<T> trial : all) {
      for (Reading reading : trial.readings().values()) {
        run.append(trial.task().id());
        trial.task().fields().forEach(field -> append(settings, field));
        measure.append(reading.measure().heading());
        at.append(reading.at());
        value.append(reading.value());
      }
    }
    Table table = Table.create("trials", run);
    table.addColumns(settings.values().toArray(Column<?>[]::new));
    return table.addColumns(measure, at, value);
  }

  private static void append(Map<String, Column<?>> settings, Field field) {
    if (field.isWords()) {
      ((StringColumn) settings.computeIfAbsent(field.name(), StringColumn::create))
          .append(field.text());
    } else {
      ((DoubleColumn) settings.computeIfAbsent(field.name(), DoubleColumn::create))
          .append(field.number());
    }
  }
}
