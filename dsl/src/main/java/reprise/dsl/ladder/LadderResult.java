package reprise.dsl.ladder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import reprise.dsl.RunFailure;
import reprise.dsl.chart.Figure;
import reprise.dsl.claim.Measured;
import reprise.dsl.claim.Seeds;
import reprise.dsl.density.LadderScale;
import reprise.dsl.result.Outcome;
import reprise.dsl.result.Result;
import reprise.dsl.result.RunOutcome.Finished;
import reprise.dsl.unit.Bytes;
import reprise.dsl.unit.Numbers;
import reprise.dsl.unit.Params;
import tech.tablesaw.api.Table;

/**
 * Densities on a ladder. Each seed has a ladder, a law and a subject of its own; intervals are
 * those of seeds.
 *
 * @param experiment what was asked
 * @param outcome all that came out
 */
public record LadderResult(DensityLadder experiment, Outcome outcome) implements Result {
  private static final int ENOUGH = 3;
  private static final int BYTES_OF_A_FLOAT = 4;

  /** The rulers, one a seed. */
  public List<LadderScale> scales() {
    return outcome.ladder(DensityLadder.SCALES).scales();
  }

  /** Every finished model, as trained and compressed. */
  public List<Rung> rungs() {
    List<Rung> all = new ArrayList<>();
    for (Finished<LadderTask> run : outcome.finished(LadderTask.class)) {
      Params whole = run.task().model().params();
      all.add(rung(run, "", whole, new Bytes(Math.round(BYTES_OF_A_FLOAT * whole.count()))));
      for (Compression c : run.task().compressions()) {
        var model = run.task().model().model();
        all.add(rung(run, c.word(), c.remaining(model), c.bytes(model)));
      }
    }
    return all;
  }

  private Rung rung(Finished<LadderTask> run, String as, Params params, Bytes bytes) {
    double score = run.readings().value(LadderMeasures.SCORE, as);
    return new Rung(
        run,
        as,
        params,
        bytes,
        run.readings().value(LadderMeasures.LOSS, as),
        score,
        scale(run.task().seed()).place(params.count(), score));
  }

  private LadderScale scale(int seed) {
    return scales().stream()
        .filter(s -> s.seed() == seed)
        .findFirst()
        .orElseThrow(() -> new RunFailure("seed " + seed + " has no ladder: its runs failed"));
  }

  /** One row a model as it was asked: size, tokens, seed, loss, score, effective size, density. */
  @Override
  public Table frame() {
    return LadderFrame.of(rungs());
  }

  /** One row a seed: the constants of its two-step law and how well they fit. */
  public Table laws() {
    return LadderFrame.laws(scales());
  }

  /** Density of a recipe's models on the ladders of their seeds. */
  public Measured density(Recipe recipe) {
    return measured("density of " + recipe.name(), of(recipe.name()), r -> r.placement().density());
  }

  /** Density of the compressed subject, by what remains of it. */
  public Measured density(Compression compression) {
    return measured(
        "density as " + compression.word(), of(compression.word()), r -> r.placement().density());
  }

  /** Density of a recipe's models over that of the ladder's model of that size, seed by seed. */
  public Measured over(Recipe recipe) {
    return over(recipe.name(), of(recipe.name()));
  }

  /** Density of the compressed subject over that of the subject as trained, seed by seed. */
  public Measured over(Compression compression) {
    return over(compression.word(), of(compression.word()));
  }

  private Measured over(String kind, List<Rung> models) {
    List<Rung> both = new ArrayList<>(models);
    models.forEach(m -> both.add(subject(m.run().task().seed())));
    return checked(
        measured(
            "density, " + kind + " over as the ladder trains",
            models,
            r -> r.placement().density() / subject(r.run().task().seed()).placement().density()),
        both);
  }

  private Rung subject(int seed) {
    return rungs().stream()
        .filter(r -> r.reference() && r.run().task().seed() == seed && atReference(r))
        .filter(r -> r.run().task().model().model().width() == experiment.subject().count())
        .findFirst()
        .orElseThrow(() -> new RunFailure("the ladder's own model of seed " + seed + " failed"));
  }

  private boolean atReference(Rung rung) {
    return rung.run().task().model().tokens().equals(experiment.reference());
  }

  /** The largest factor by which the ladder misses the size of one of its own models, each seed. */
  public Measured ownSizes() {
    List<Rung> own = rungs().stream().filter(r -> r.reference() && atReference(r)).toList();
    double[] worst =
        scales().stream()
            .mapToDouble(scale ->
                own.stream()
                    .filter(r -> r.run().task().seed() == scale.seed())
                    .mapToDouble(r -> Math.exp(Math.abs(Math.log(r.placement().density()))))
                    .reduce(1, Math::max))
            .toArray();
    return seeds("largest factor between effective and actual size in the ladder", worst);
  }

  /** Share of the variance of the score's logit that the loss explains, each seed. */
  public Measured lossExplainsScore() {
    return seeds(
        "R2 of the score's logit against the loss",
        scales().stream().mapToDouble(LadderScale::scoreR2).toArray());
  }

  private List<Rung> of(String kind) {
    return rungs().stream().filter(r -> r.kind().equals(kind)).toList();
  }

  private Measured measured(String how, List<Rung> models, ToDoubleFunction<Rung> value) {
    models.stream()
        .filter(m -> Double.isNaN(m.placement().density()))
        .findFirst()
        .ifPresent(m -> {
          throw new RunFailure(m.run().task().id() + ", " + m.kind() + ": " + m.placement().note());
        });
    return checked(seeds(how, models.stream().mapToDouble(value).toArray()), models);
  }

  private static Measured checked(Measured measured, List<Rung> models) {
    List<Rung> beyond = models.stream().filter(m -> !m.placement().inside()).toList();
    Measured without =
        new Measured(
            measured.value(),
            measured.interval(),
            measured.how(),
            measured.checks().stream()
                .filter(c -> !c.condition().equals(LadderMeasures.INSIDE))
                .toList());
    return without.check(
        LadderMeasures.INSIDE,
        beyond.isEmpty(),
        beyond.isEmpty()
            ? "all " + models.size()
            : beyond.getFirst().run().task().id() + " " + beyond.getFirst().placement().note());
  }

  private Measured seeds(String how, double[] values) {
    if (values.length == 0) {
      throw new RunFailure(how + ": no finished run speaks to it");
    }
    return Seeds.mean(
            values,
            "seeds",
            how
                + ": "
                + Arrays.stream(values)
                    .mapToObj(v -> Numbers.significant(v, 3))
                    .collect(Collectors.joining(", ")))
        .check(LadderMeasures.THREE_SEEDS, values.length >= ENOUGH, values.length + " finished");
  }

  @Override
  public List<Figure> charts() {
    return rungs().isEmpty() ? List.of() : LadderCharts.of(this);
  }

  /** One line: the ladder, and the densities of what is not of it. */
  @Override
  public String toString() {
    String others =
        rungs().stream()
            .filter(r -> !r.reference())
            .collect(
                Collectors.groupingBy(
                    Rung::kind,
                    java.util.LinkedHashMap::new,
                    Collectors.averagingDouble(r -> r.placement().density())))
            .entrySet()
            .stream()
            .map(e -> e.getKey() + " " + Numbers.significant(e.getValue(), 3))
            .collect(Collectors.joining(", "));
    return scales().size()
        + " ladders of "
        + experiment.family().widths().values().size()
        + " sizes"
        + (others.isEmpty() ? "" : "; density: " + others);
  }
}
