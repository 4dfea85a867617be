package reprise.dsl.head;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import reprise.dsl.chart.Figure;
import reprise.dsl.chart.Layer;
import reprise.dsl.chart.Plot;
import reprise.dsl.chart.PlotAxis;
import reprise.dsl.claim.Measured;
import reprise.dsl.result.LossCurve;
import reprise.dsl.result.Measure;
import reprise.dsl.result.Outcome;
import reprise.dsl.result.RunOutcome.Finished;
import reprise.dsl.study.StudyResult;
import reprise.dsl.study.Trials;
import reprise.dsl.unit.Numbers;

/**
 * Training with a filtered gradient.
 *
 * @param experiment what was asked
 * @param outcome all that came out
 * @param trials one a phase, filter and seed
 */
public record FilterResult(FilterStudy experiment, Outcome outcome, Trials<FilterTrial> trials)
    implements StudyResult<FilterTrial> {
  /** Loss of the tokens held out, after so many updates. */
  public static final Measure LOSS = new Measure("loss of tokens held out", "nats");

  /** Blocks in which every |softmax - onehot| is below 2^-12, classes as numbered. */
  public static final Measure SKIPPED = new Measure("blocks skipped", "share");

  /** The same with classes ordered by their mean logit. */
  public static final Measure SKIPPED_SORTED = new Measure("blocks skipped, sorted", "share");

  /** Entries of softmax of 2^-12 or more. */
  public static final Measure LARGE = new Measure("softmax of 2^-12 or more", "share");

  /** |dw filtered, sorted - dw|_F / |dw|_F. */
  public static final Measure GRADIENT_ERROR = new Measure("gradient lost to the filter", "");

  /** The word of a stage: after how many updates. */
  public static String after(int updates) {
    return String.valueOf(updates);
  }

  /** After how many updates of the first phase everything is measured: none, and four quarters. */
  public static List<Integer> stages(int first) {
    return List.of(0, (first + 3) / 4, (first + 1) / 2, (3 * first + 3) / 4, first).stream()
        .distinct()
        .toList();
  }

  private Trials<FilterTrial> of(Phase phase, Filter filter) {
    return trials.where(t -> t.phase() == phase && t.filter() == filter);
  }

  private Trials<FilterTrial> unfiltered() {
    return of(Phase.SCRATCH, Filter.NONE);
  }

  /** A measure at the end of unfiltered training. */
  public Measured trained(Measure measure) {
    return unfiltered().mean(measure, after(experiment.first()));
  }

  /** How much larger a measure is at the end of unfiltered training than before its first step. */
  public Measured rise(Measure measure) {
    return unfiltered()
        .mean(
            run ->
                run.readings().value(measure, after(experiment.first()))
                    - run.readings().value(measure, after(0)),
            measure.name() + ", after training less before");
  }

  /** What sorting adds to the share of blocks that are skipped at the end of training. */
  public Measured sorting() {
    String end = after(experiment.first());
    return unfiltered()
        .mean(
            run -> run.readings().value(SKIPPED_SORTED, end) - run.readings().value(SKIPPED, end),
            "blocks skipped at the end, sorted less as numbered");
  }

  /** Final loss under a filter over that without, seed by seed. */
  public Measured ratio(Phase phase, Filter filter) {
    ToDoubleFunction<Finished<FilterTrial>> loss =
        run -> run.readings().value(LOSS, after(run.task().updates()));
    return of(phase, filter)
        .mean(
            run ->
                loss.applyAsDouble(run)
                    / of(phase, Filter.NONE)
                        .where(t -> t.seed() == run.task().seed())
                        .values(loss)[0],
            "final loss of tokens held out, " + filter.word() + " over none, " + phase.word());
  }

  @Override
  public List<Figure> charts() {
    if (unfiltered().isEmpty()) {
      return List.of();
    }
    double[] stages =
        stages(experiment.first()).stream().mapToDouble(Integer::doubleValue).toArray();
    List<Layer> shares = new ArrayList<>();
    for (Measure measure : List.of(SKIPPED_SORTED, SKIPPED, LARGE)) {
      double[] means =
          stages(experiment.first()).stream()
              .mapToDouble(stage -> unfiltered().mean(measure, after(stage)).value())
              .toArray();
      shares.add(Layer.line(measure.name(), stages, means).labelled());
    }
    return List.of(
        Plot.of(PlotAxis.linear("updates", ""), PlotAxis.linear("share", ""))
            .add(shares)
            .figure(
                "sparsity",
                "Training without a filter: what one would skip, blocks of 128 tokens by 256"
                    + " classes; means over seeds."),
        losses());
  }

  private Figure losses() {
    List<Layer> layers = new ArrayList<>();
    for (Phase phase : Phase.values()) {
      for (Filter filter : experiment.filters()) {
        Trials<FilterTrial> runs = of(phase, filter);
        if (!runs.isEmpty()) {
          int before = phase == Phase.TUNING ? experiment.first() : 0;
          layers.add(
              line(phase.word() + ", " + filter.word(), runs.all().getFirst().curve(), before));
        }
      }
    }
    return Plot.of(PlotAxis.linear("updates", ""), PlotAxis.linear("training loss", "nats"))
        .add(layers)
        .figure(
            "losses",
            "Training with and without the filter, seed 1; fine-tuning from where half of the"
                + " source changes.");
  }

  /** The points of a curve after so many updates. */
  private static Layer line(String name, LossCurve curve, int before) {
    int[] steps = curve.steps();
    int from = 0;
    while (from < steps.length && steps[from] <= before) {
      from++;
    }
    double[] x = Arrays.stream(steps, from, steps.length).asDoubleStream().toArray();
    return Layer.line(name, x, Arrays.copyOfRange(curve.losses(), from, steps.length));
  }

  /** One line: blocks skipped at the end, and what the filter does to the loss. */
  @Override
  public String toString() {
    if (unfiltered().isEmpty()) {
      return "training with a filtered gradient: nothing finished";
    }
    List<String> parts = new ArrayList<>();
    parts.add(
        "blocks skipped after training "
            + Numbers.significant(trained(SKIPPED).value(), 3)
            + ", sorted "
            + Numbers.significant(trained(SKIPPED_SORTED).value(), 3));
    for (Phase phase : Phase.values()) {
      for (Filter filter : experiment.filters()) {
        if (filter != Filter.NONE && !of(phase, filter).isEmpty()) {
          parts.add(
              "loss "
                  + phase.word()
                  + ", "
                  + filter.word()
                  + " over none "
                  + Numbers.significant(ratio(phase, filter).value(), 4));
        }
      }
    }
    return String.join("; ", parts);
  }
}
