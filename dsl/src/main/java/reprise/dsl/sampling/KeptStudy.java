package reprise.dsl.sampling;

import java.util.ArrayList;
import java.util.List;
import reprise.dsl.Experiment;
import reprise.dsl.generation.Decoding;
import reprise.dsl.plan.Plan;
import reprise.dsl.result.Outcome;
import reprise.dsl.study.Trials;
import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Symbols;

/**
 * How much entropy rules leave of distributions with normal logits of standard deviation 3, at
 * rising temperature.
 *
 * @param vocabulary tokens of each distribution
 * @param rules that cut
 * @param temperatures that divide the logits, 0.7 to 3 unless set
 * @param seeds distributions, ten unless set
 */
public record KeptStudy(
    Symbols vocabulary, List<Decoding> rules, List<Double> temperatures, int seeds)
    implements Experiment<KeptResult> {
  public KeptStudy {
    Checks.present("vocabulary", vocabulary);
    rules = List.copyOf(rules);
    temperatures = List.copyOf(temperatures);
    temperatures.forEach(t -> Checks.positive("temperature", t, "the softmax"));
    Checks.positive("seeds", seeds, "distributions");
    for (Decoding rule : rules) {
      if (rule instanceof Decoding.Blocked || rule instanceof Decoding.Greedy) {
        throw new IllegalArgumentException(
            "what is kept of a distribution needs a rule that cuts it, such as topH(0.4); got "
                + rule.label());
      }
    }
  }

  static KeptStudy of(Symbols vocabulary, List<Decoding> rules) {
    return new KeptStudy(vocabulary, rules, List.of(0.7, 1.0, 1.5, 2.0, 3.0), 10);
  }

  /** Temperatures that divide the logits. */
  public KeptStudy temperatures(Double... values) {
    return new KeptStudy(vocabulary, rules, List.of(values), seeds);
  }

  /** Distributions, seeds 1 to n, the same for every rule and temperature. */
  public KeptStudy seeds(int n) {
    return new KeptStudy(vocabulary, rules, temperatures, n);
  }

  @Override
  public Plan plan() {
    List<KeptTrial> runs = new ArrayList<>();
    for (Decoding rule : rules) {
      for (double temperature : temperatures) {
        for (int seed = 1; seed <= seeds; seed++) {
          runs.add(new KeptTrial(vocabulary, new Drawing(rule, false), temperature, seed));
        }
      }
    }
    return new Plan("entropy that rules keep", runs, List.of());
  }

  @Override
  public KeptResult result(Outcome outcome) {
    return new KeptResult(this, outcome, Trials.of(outcome, KeptTrial.class));
  }
}
