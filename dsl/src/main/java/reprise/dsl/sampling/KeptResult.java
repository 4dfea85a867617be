package reprise.dsl.sampling;

import java.util.ArrayList;
import java.util.List;
import reprise.dsl.chart.Figure;
import reprise.dsl.chart.Layer;
import reprise.dsl.chart.Plot;
import reprise.dsl.chart.PlotAxis;
import reprise.dsl.claim.Measured;
import reprise.dsl.generation.Decoding;
import reprise.dsl.result.Measure;
import reprise.dsl.result.Outcome;
import reprise.dsl.study.StudyResult;
import reprise.dsl.study.Trials;
import reprise.dsl.unit.Numbers;

/**
 * How much entropy rules left.
 *
 * @param experiment what was asked
 * @param outcome all that came out
 * @param trials one a rule, temperature and distribution
 */
public record KeptResult(KeptStudy experiment, Outcome outcome, Trials<KeptTrial> trials)
    implements StudyResult<KeptTrial> {
  /** Entropy of the renormalised distribution of what stays. */
  public static final Measure ENTROPY = new Measure("entropy of what is kept", "bits");

  /** The entropy that a rule leaves at a temperature, over distributions. */
  public Measured entropy(Decoding rule, double temperature) {
    return of(rule, temperature).mean(ENTROPY, "");
  }

  /** How many bits more one rule leaves than another, distribution by distribution. */
  public Measured above(Decoding more, Decoding less, double temperature) {
    double[] low = of(less, temperature).values(ENTROPY, "");
    return of(more, temperature)
        .mean(
            run -> run.readings().value(ENTROPY) - low[run.task().seed() - 1],
            more.label() + " over " + less.label() + " at " + Numbers.plain(temperature));
  }

  /** Rise of a rule's entropy between two temperatures, over that of another rule. */
  public Measured rise(Decoding rule, Decoding other, double from, double to) {
    double[] low = of(rule, from).values(ENTROPY, "");
    double[] otherLow = of(other, from).values(ENTROPY, "");
    double[] otherHigh = of(other, to).values(ENTROPY, "");
    return of(rule, to)
        .mean(
            run -> {
              int at = run.task().seed() - 1;
              return (run.readings().value(ENTROPY) - low[at]) / (otherHigh[at] - otherLow[at]);
            },
            "rise of " + rule.label() + " over that of " + other.label());
  }

  private Trials<KeptTrial> of(Decoding rule, double temperature) {
    return trials.where(t -> t.drawing().rule().equals(rule) && t.temperature() == temperature);
  }

  @Override
  public List<Figure> charts() {
    if (trials.isEmpty()) {
      return List.of();
    }
    List<Layer> layers = new ArrayList<>();
    trials
        .by(t -> t.drawing().label())
        .forEach(
            (label, group) -> layers.add(group.line(label, KeptTrial::temperature, ENTROPY, "")));
    return List.of(
        Plot.of(PlotAxis.linear("temperature", ""), PlotAxis.linear("entropy kept", "bits"))
            .add(layers)
            .figure(
                "kept-entropy",
                "Entropy of what each rule keeps of "
                    + Numbers.grouped(experiment.vocabulary().count())
                    + " tokens with normal logits, by temperature."));
  }

  /** One line: entropy of each rule at the highest temperature. */
  @Override
  public String toString() {
    double hottest =
        experiment.temperatures().stream().mapToDouble(Double::doubleValue).max().orElse(1);
    List<String> each =
        trials.isEmpty()
            ? List.of()
            : experiment.rules().stream()
                .map(r -> r.label() + " " + Numbers.significant(entropy(r, hottest).value(), 3))
                .toList();
    return "bits kept at temperature " + Numbers.plain(hottest) + ": " + String.join(", ", each);
  }
}
