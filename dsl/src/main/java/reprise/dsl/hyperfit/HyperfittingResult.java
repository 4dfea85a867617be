package reprise.dsl.hyperfit;

import static reprise.dsl.generation.Stage.ORIGINAL;
import static reprise.dsl.hyperfit.HyperfitMeasures.BLOCKED;
import static reprise.dsl.hyperfit.HyperfitMeasures.GREEDY;
import static reprise.dsl.hyperfit.HyperfitMeasures.HYPERFITTED;
import static reprise.dsl.hyperfit.HyperfitMeasures.TRAINING_LOSS;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import reprise.dsl.chart.Figure;
import reprise.dsl.claim.Measured;
import reprise.dsl.generation.Decoding;
import reprise.dsl.generation.Stage;
import reprise.dsl.generation.TextFrame;
import reprise.dsl.generation.TextMeasures;
import reprise.dsl.result.Measure;
import reprise.dsl.result.Outcome;
import reprise.dsl.result.Ranks;
import reprise.dsl.result.Result;
import reprise.dsl.result.RunOutcome.Finished;
import reprise.dsl.unit.Numbers;
import tech.tablesaw.api.Table;

/**
 * What a hyperfitting experiment answers. Every measurement is made in each seed by itself; the
 * interval is the range of the seeds.
 *
 * @param experiment what was asked
 * @param outcome all that came out
 */
public record HyperfittingResult(Hyperfitting experiment, Outcome outcome) implements Result {
  private static final List<Measure> COLUMNS =
      List.of(
          TRAINING_LOSS,
          TextMeasures.PERPLEXITY,
          TextMeasures.ENTROPY,
          TextMeasures.TOP_MASS,
          TextMeasures.TTR,
          TextMeasures.REPETITION,
          TextMeasures.SELF_BLEU,
          TextMeasures.DATASET_BLEU,
          TextMeasures.OVERLAP,
          TextMeasures.OVERLAP_MOST,
          TextMeasures.LONG_OVERLAPS,
          HyperfitMeasures.AGREEMENT,
          HyperfitMeasures.MATCHED);

  /** One row for each seed, state of the model and way of decoding. */
  @Override
  public Table frame() {
    return TextFrame.of("hyperfitting", finished(), COLUMNS);
  }

  /** Texts side by side, for reading: a row a prompt, of the first seed. */
  public Table passages() {
    return TextFrame.passages(
        "texts", finished().isEmpty() ? List.of() : finished().getFirst().readings().passages());
  }

  /** The runs that came to their end, one a seed. */
  public List<Finished<HyperfitTask>> finished() {
    return outcome.finished(HyperfitTask.class);
  }

  /** Type-token ratio of greedy texts, hyperfitted over original. */
  public Measured diversityRatio() {
    return ratio(
        "type-token ratio of greedy texts, hyperfitted over original",
        run -> greedy(run, HYPERFITTED) / greedy(run, ORIGINAL));
  }

  /** Held-out perplexity, hyperfitted over original. */
  public Measured perplexityRatio() {
    return ratio(
        "held-out perplexity, hyperfitted over original",
        run ->
            run.readings().value(TextMeasures.PERPLEXITY, HYPERFITTED)
                / run.readings().value(TextMeasures.PERPLEXITY, ORIGINAL));
  }

  /** Entropy of predictions on held-out text, hyperfitted over original. */
  public Measured entropyRatio() {
    return ratio(
        "entropy of predictions on held-out text, hyperfitted over original",
        run ->
            run.readings().value(TextMeasures.ENTROPY, HYPERFITTED)
                / run.readings().value(TextMeasures.ENTROPY, ORIGINAL));
  }

  /** Diversity of hyperfitted greedy texts over that of a rule on the original. */
  public Measured diversityAgainst(Decoding rule) {
    return ratio(
        "type-token ratio, hyperfitted greedy over original " + rule.label(),
        run -> greedy(run, HYPERFITTED) / diversity(run, Stage.of(ORIGINAL, rule)));
  }

  /** Diversity of hyperfitted greedy texts with citation blocking over that without. */
  public Measured blockedRatio() {
    return ratio(
        "type-token ratio of hyperfitted greedy texts, with citation blocking over without",
        run -> diversity(run, Stage.of(HYPERFITTED, BLOCKED)) / greedy(run, HYPERFITTED));
  }

  /** Share of hyperfitted greedy texts that repeat more than ten tokens of the set. */
  public Measured longOverlaps() {
    return mean(
        "share of hyperfitted greedy texts with more than ten tokens of the set in a row",
        run ->
            run.readings().value(TextMeasures.LONG_OVERLAPS, Stage.of(HYPERFITTED, GREEDY).at()));
  }

  /** Top-1 agreement of two orders of the data on held-out text. */
  public Measured agreement() {
    return mean(
        "held-out positions with the same most probable token after two orders of the data",
        run -> run.readings().value(HyperfitMeasures.AGREEMENT, HyperfitMeasures.order(2)));
  }

  /** Diversity of greedy texts after a fit to fewer windows, over the original's. */
  public Measured diversityRatio(int windows) {
    return ratio(
        "type-token ratio of greedy texts, fitted to " + windows + " windows over original",
        run -> greedy(run, HyperfitMeasures.windows(windows)) / greedy(run, ORIGINAL));
  }

  /** Diversity of greedy texts after a fit to few windows, over that after a fit to more. */
  public Measured fewerRatio(int few, int more) {
    return ratio(
        "type-token ratio of greedy texts, fitted to " + few + " windows over " + more,
        run ->
            greedy(run, HyperfitMeasures.windows(few))
                / greedy(run, HyperfitMeasures.windows(more)));
  }

  /**
   * Spearman's rank correlation of training loss and greedy diversity over the readings of a run.
   */
  public Measured diversityAgainstLoss() {
    return mean(
        "rank correlation of training loss and type-token ratio over "
            + (experiment.epochs().size() + 1)
            + " readings at most",
        run -> {
          List<String> states = fitted(run);
          return Ranks.correlation(
              states.stream().mapToDouble(s -> run.readings().value(TRAINING_LOSS, s)).toArray(),
              states.stream().mapToDouble(s -> greedy(run, s)).toArray());
        });
  }

  /** Hyperfitted greedy over draws from the original at the temperature of equal entropy. */
  public Measured temperatureControl() {
    return ratio(
        "type-token ratio, hyperfitted greedy over the original drawn at equal entropy",
        run -> greedy(run, HYPERFITTED) / diversity(run, HyperfitMeasures.MATCHED_DRAWS));
  }

  /**
   * The missing baseline: how much of the gain in diversity fine-tuning has that stops at the read
   * epoch of the best held-out perplexity.
   */
  public Measured earlyStoppingGain() {
    return mean(
        "share of the gain in type-token ratio at the epoch of the best held-out perplexity",
        run -> {
          String best =
              fitted(run).stream()
                  .min(
                      Comparator.comparingDouble(
                          s -> run.readings().value(TextMeasures.PERPLEXITY, s)))
                  .orElseThrow();
          double original = greedy(run, ORIGINAL);
          return (greedy(run, best) - original) / (greedy(run, HYPERFITTED) - original);
        });
  }

  @Override
  public List<Figure> charts() {
    return finished().isEmpty() ? List.of() : HyperfitCharts.of(experiment, finished());
  }

  /** One line: the three ratios. */
  @Override
  public String toString() {
    if (finished().isEmpty()) {
      return "hyperfitting: no run finished";
    }
    return finished().size()
        + (finished().size() == 1 ? " seed" : " seeds")
        + "; type-token ratio x "
        + Numbers.significant(diversityRatio().value(), 3)
        + ", entropy x "
        + Numbers.significant(entropyRatio().value(), 3)
        + ", perplexity x "
        + Numbers.significant(perplexityRatio().value(), 3);
  }

  /** States of the first fit that were read, in order; the last is the hyperfitted one. */
  static List<String> fitted(Finished<HyperfitTask> run) {
    List<String> states =
        new ArrayList<>(run.task().readEpochs().stream().map(HyperfitMeasures::epoch).toList());
    states.add(HYPERFITTED);
    return states;
  }

  static double greedy(Finished<HyperfitTask> run, String state) {
    return diversity(run, Stage.of(state, GREEDY));
  }

  private static double diversity(Finished<HyperfitTask> run, Stage stage) {
    return run.readings().value(TextMeasures.TTR, stage.at());
  }

  // geometric, since ratios multiply
  private Measured ratio(String how, ToDoubleFunction<Finished<HyperfitTask>> value) {
    return SeedRange.ratio(how, finished(), value);
  }

  private Measured mean(String how, ToDoubleFunction<Finished<HyperfitTask>> value) {
    return SeedRange.mean(how, finished(), value);
  }
}
