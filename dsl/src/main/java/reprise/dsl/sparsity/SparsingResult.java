package reprise.dsl.sparsity;

import static reprise.dsl.sparsity.SparsityMeasures.ACTIVATION;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import reprise.dsl.RunFailure;
import reprise.dsl.chart.Figure;
import reprise.dsl.claim.Measured;
import reprise.dsl.claim.Seeds;
import reprise.dsl.model.TransformerModel;
import reprise.dsl.result.Outcome;
import reprise.dsl.result.Result;
import reprise.dsl.result.RunOutcome.Finished;
import reprise.dsl.unit.Numbers;
import tech.tablesaw.api.Table;

/**
 * What an experiment on activation sparsity answers. Every measurement is made in each seed by
 * itself.
 *
 * @param experiment what was asked
 * @param outcome all that came out
 */
public record SparsingResult(SparsingLaw experiment, Outcome outcome) implements Result {
  private static final int ENOUGH = 3;
  private static final double NEAR = 0.001;

  /** One row a run and checkpoint: tokens, activation ratio, neurons not zero, loss. */
  @Override
  public Table frame() {
    return SparsityFrame.of(finished());
  }

  /** The runs that came to their end. */
  public List<Finished<SparsingTask>> finished() {
    return outcome.finished(SparsingTask.class);
  }

  /** The activation ratio of a run at each checkpoint. */
  public static double[] ratios(Finished<SparsingTask> run) {
    return IntStream.rangeClosed(1, run.task().checkpoints())
        .mapToDouble(c -> at(run, c))
        .toArray();
  }

  /** Activation ratio at the end of the runs with an activation. */
  public Measured atEnd(Activation activation) {
    return each(
        "activation ratio at the end, " + activation.word(),
        t -> t.activation() == activation,
        SparsingResult::end);
  }

  /**
   * Activation ratio at the end less that at a quarter of the tokens: below zero it falls. Earlier
   * checkpoints belong to warm-up and the first plateau, which the paper drops as well.
   */
  public Measured change(Activation activation) {
    return each(
        "activation ratio at the end less that at a quarter of the tokens, " + activation.word(),
        t -> t.activation() == activation,
        run -> end(run) - at(run, (run.task().checkpoints() + 3) / 4));
  }

  /** Activation ratio with ReLU over that with SiLU at the end, same model and seed. */
  public Measured reluOverSilu() {
    return pairs("activation ratio at the end, ReLU over SiLU", (r, s) -> end(r) / end(s));
  }

  /** Held-out loss with ReLU less that with SiLU at the end, same model and seed. */
  public Measured lossDifference() {
    return pairs("held-out loss at the end, ReLU less SiLU, nats", (r, s) -> r.loss() - s.loss());
  }

  /** The largest activation ratio at the end over the smallest among models of one seed. */
  public Measured spread(Activation activation) {
    List<Finished<SparsingTask>> runs = of(t -> t.activation() == activation);
    double[] spreads =
        runs.stream()
            .mapToInt(r -> r.task().seed())
            .distinct()
            .mapToDouble(seed -> {
              double[] ends =
                  runs.stream()
                      .filter(r -> r.task().seed() == seed)
                      .mapToDouble(SparsingResult::end)
                      .sorted()
                      .toArray();
              return ends[ends.length - 1] / ends[0];
            })
            .toArray();
    return measured("largest over smallest activation ratio, " + activation.word(), spreads);
  }

  /** Activation ratio at the end of one model over that of another, same activation and seed. */
  public Measured over(TransformerModel above, TransformerModel below) {
    return measured(
        "activation ratio at the end, " + above.label() + " over " + below.label(),
        of(t -> t.model().equals(above)).stream()
            .flatMapToDouble(a ->
                of(t ->
                        t.model().equals(below)
                            && t.activation() == a.task().activation()
                            && t.seed() == a.task().seed())
                    .stream()
                    .mapToDouble(b -> end(a) / end(b)))
            .toArray());
  }

  @Override
  public List<Figure> charts() {
    return finished().isEmpty() ? List.of() : SparsityCharts.of(this);
  }

  /** One line: the activation ratio at the end with each activation. */
  @Override
  public String toString() {
    if (finished().isEmpty()) {
      return "activation sparsity: no run finished";
    }
    StringBuilder line = new StringBuilder(experiment.metric() + " at the end:");
    for (Activation activation : experiment.activations()) {
      OptionalDouble mean =
          of(t -> t.activation() == activation).stream().mapToDouble(SparsingResult::end).average();
      mean.ifPresent(m ->
          line.append(' ')
              .append(activation.word())
              .append(' ')
              .append(Numbers.significant(100 * m, 3))
              .append(" %"));
    }
    return line + " of neurons active";
  }

  static double at(Finished<SparsingTask> run, int checkpoint) {
    return run.readings()
        .value(ACTIVATION, SparsityMeasures.after(run.task().tokensAt(checkpoint)));
  }

  private static double end(Finished<SparsingTask> run) {
    return at(run, run.task().checkpoints());
  }

  private List<Finished<SparsingTask>> of(Predicate<SparsingTask> which) {
    return finished().stream().filter(run -> which.test(run.task())).toList();
  }

  private Measured each(
      String how, Predicate<SparsingTask> which, ToDoubleFunction<Finished<SparsingTask>> value) {
    return measured(how, of(which).stream().mapToDouble(value).toArray());
  }

  private interface Pair {
    double of(Finished<SparsingTask> relu, Finished<SparsingTask> silu);
  }

  private Measured pairs(String how, Pair value) {
    return measured(
        how,
        of(t -> t.activation() == Activation.RELU).stream()
            .flatMapToDouble(r ->
                of(t ->
                        t.activation() == Activation.SILU
                            && t.model().equals(r.task().model())
                            && t.seed() == r.task().seed())
                    .stream()
                    .mapToDouble(s -> value.of(r, s)))
            .toArray());
  }

  private Measured measured(String how, double[] values) {
    if (values.length == 0) {
      throw new RunFailure(how + ": no finished run speaks to it");
    }
    long seeds = finished().stream().mapToInt(r -> r.task().seed()).distinct().count();
    double allowed = 1 + experiment.metric().growth();
    double off =
        finished().stream()
            .mapToDouble(r -> Math.abs(r.readings().value(SparsityMeasures.PERPLEXITY) - allowed))
            .max()
            .orElseThrow();
    return Seeds.mean(
            values,
            "runs",
            how
                + ": "
                + Arrays.stream(values)
                    .mapToObj(v -> Numbers.significant(v, 3))
                    .collect(Collectors.joining(", ")))
        .check(SparsityMeasures.THREE_SEEDS, seeds >= ENOUGH, seeds + " finished")
        .check(
            SparsityMeasures.AS_SPARSE,
            off <= NEAR,
            "the largest deviation is " + Numbers.significant(off, 2));
  }
}
