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
 * How surprising the tokens are that each rule draws from distributions of Zipf's law {@code p_i ~
 * i^-s}, whose exponent s is drawn anew at each token from 26 values from 1.0 to 1.5.
 *
 * @param vocabulary tokens of each distribution
 * @param drawings the rules
 * @param length tokens of each text, 1000 unless set
 * @param rate how fast Mirostat adapts, 1 unless set
 * @param seeds texts of each rule, five unless set
 */
public record SurpriseStudy(
    Symbols vocabulary, List<Drawing> drawings, int length, double rate, int seeds)
    implements Experiment<SurpriseResult> {
  public SurpriseStudy {
    Checks.present("vocabulary", vocabulary);
    drawings = drawings.stream().distinct().toList();
    Checks.positive("length", length, "tokens");
    Checks.positive("rate of mirostat", rate, "bits a bit");
    Checks.positive("seeds", seeds, "texts");
  }

  static SurpriseStudy of(Symbols vocabulary, List<Decoding> rules) {
    return new SurpriseStudy(
        vocabulary, rules.stream().map(r -> new Drawing(r, false)).toList(), 1000, 1, 5);
  }

  /** Also the first form of Mirostat for every target among the rules. */
  public SurpriseStudy alsoEstimating() {
    List<Drawing> all = new ArrayList<>(drawings);
    drawings.stream()
        .filter(d -> d.rule() instanceof Decoding.Mirostat)
        .forEach(d -> all.add(new Drawing(d.rule(), true)));
    return new SurpriseStudy(vocabulary, all, length, rate, seeds);
  }

  /** Tokens of each text. */
  public SurpriseStudy length(int tokens) {
    return new SurpriseStudy(vocabulary, drawings, tokens, rate, seeds);
  }

  /** How many bits Mirostat moves its bound for a surprise one bit off the target. */
  public SurpriseStudy rate(double bits) {
    return new SurpriseStudy(vocabulary, drawings, length, bits, seeds);
  }

  /** Texts of each rule, seeds 1 to n; the exponents are those of the seed, whatever the rule. */
  public SurpriseStudy seeds(int n) {
    return new SurpriseStudy(vocabulary, drawings, length, rate, n);
  }

  @Override
  public Plan plan() {
    List<SurpriseTrial> runs = new ArrayList<>();
    for (Drawing drawing : drawings) {
      for (int seed = 1; seed <= seeds; seed++) {
        runs.add(new SurpriseTrial(vocabulary, drawing, length, rate, seed));
      }
    }
    return new Plan("surprise of decoded tokens", runs, List.of());
  }

  @Override
  public SurpriseResult result(Outcome outcome) {
    return new SurpriseResult(this, outcome, Trials.of(outcome, SurpriseTrial.class));
  }
}
