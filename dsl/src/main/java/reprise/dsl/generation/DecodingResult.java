package reprise.dsl.generation;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import reprise.dsl.RunFailure;
import reprise.dsl.chart.Figure;
import reprise.dsl.chart.Layer;
import reprise.dsl.chart.Plot;
import reprise.dsl.chart.PlotAxis;
import reprise.dsl.claim.Measured;
import reprise.dsl.claim.Seeds;
import reprise.dsl.result.Measure;
import reprise.dsl.result.Outcome;
import reprise.dsl.result.Ranks;
import reprise.dsl.result.Result;
import reprise.dsl.result.RunOutcome.Finished;
import reprise.dsl.unit.Numbers;
import tech.tablesaw.api.Table;

/**
 * What a comparison of decoders answers.
 *
 * @param experiment what was asked
 * @param outcome all that came out
 */
public record DecodingResult(DecodingComparison experiment, Outcome outcome) implements Result {
  /** Of the texts, in the order of the frame's columns. */
  static final List<Measure> TEXTS =
      List.of(
          TextMeasures.TTR,
          TextMeasures.REPETITION,
          TextMeasures.SELF_BLEU,
          TextMeasures.NLL,
          TextMeasures.OVERLAP,
          TextMeasures.OVERLAP_MOST);

  /** One row a rule and seed: diversity, repetition, likeness and how likely the model finds it. */
  @Override
  public Table frame() {
    return TextFrame.of("decoders", finished(), TEXTS);
  }

  /** The texts side by side: a row a prompt, a column a rule, of the first seed. */
  public Table passages() {
    return TextFrame.passages(
        "texts", finished().isEmpty() ? List.of() : finished().getFirst().readings().passages());
  }

  /**
   * Rank correlation of a measure with the order of some rules, model by model.
   *
   * @param order rules that were compared, such as Mirostat with rising targets
   */
  public Measured trend(Measure measure, List<Decoding> order) {
    double[] places = IntStream.range(0, order.size()).asDoubleStream().toArray();
    double[] each =
        finished().stream()
            .mapToDouble(run ->
                Ranks.correlation(
                    places,
                    order.stream()
                        .mapToDouble(rule ->
                            run.readings().value(measure, Stage.of(Stage.ORIGINAL, rule).at()))
                        .toArray()))
            .toArray();
    if (each.length == 0) {
      throw new RunFailure("no model finished, so " + measure.name() + " has no trend");
    }
    double mean = Arrays.stream(each).average().orElseThrow();
    return Seeds.range(mean, each, "seeds", "rank correlation of rule and " + measure.name());
  }

  /** Diversity of the texts against how surprising the model itself finds them. */
  @Override
  public List<Figure> charts() {
    if (finished().isEmpty()) {
      return List.of();
    }
    Plot plot =
        Plot.of(
            PlotAxis.linear("surprise of the text under the model", "nats per token"),
            PlotAxis.linear("type-token ratio", "last 96 tokens"));
    for (int i = 0; i < experiment.rules().size(); i++) {
      String at = Stage.of(Stage.ORIGINAL, experiment.rules().get(i)).at();
      plot =
          plot.add(
              Layer.points(
                  experiment.rules().get(i).label(),
                  numbers(TextFrame.values(finished(), TextMeasures.NLL, at)),
                  numbers(TextFrame.values(finished(), TextMeasures.TTR, at))));
    }
    return List.of(
        plot.figure(
            "decoders",
            "Each rule's texts: how varied they are, and how surprising the model finds them."
                + " Rules that follow the model closely repeat themselves."));
  }

  /** One line: the most and the least varied rule. */
  @Override
  public String toString() {
    if (finished().isEmpty()) {
      return "decoders compared: no run finished";
    }
    return experiment.rules().stream()
        .map(rule -> rule.label() + " " + Numbers.significant(diversity(rule), 3))
        .collect(
            Collectors.joining(
                ", ", experiment.rules().size() + " decoders; type-token ratio: ", ""));
  }

  private double diversity(Decoding rule) {
    return TextFrame.values(finished(), TextMeasures.TTR, Stage.of(Stage.ORIGINAL, rule).at())
        .stream()
        .mapToDouble(Double::doubleValue)
        .average()
        .orElse(Double.NaN);
  }

  private List<Finished<DecodingTask>> finished() {
    return outcome.finished(DecodingTask.class);
  }

  private static double[] numbers(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
