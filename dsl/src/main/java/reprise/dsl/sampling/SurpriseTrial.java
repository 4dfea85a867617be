package reprise.dsl.sampling;

import java.util.List;
import reprise.dsl.plan.Field;
import reprise.dsl.study.Trial;
import reprise.dsl.unit.Flops;
import reprise.dsl.unit.Numbers;
import reprise.dsl.unit.Symbols;

/**
 * One text of one rule.
 *
 * @param vocabulary tokens of each distribution
 * @param drawing the rule
 * @param length tokens of the text
 * @param rate how fast Mirostat adapts
 * @param seed of exponents and draws
 */
public record SurpriseTrial(Symbols vocabulary, Drawing drawing, int length, double rate, int seed)
    implements Trial {
  /** Exponents of Zipf's law from 1.0 to 1.5. */
  public static final int EXPONENTS = 26;

  @Override
  public String id() {
    return drawing.slug() + "-s" + seed;
  }

  /** One exponential, comparison and sum a token of the vocabulary. */
  @Override
  public Flops flops() {
    return new Flops(10.0 * length * vocabulary.count());
  }

  @Override
  public long numbers() {
    return (long) EXPONENTS * vocabulary.count();
  }

  @Override
  public String setting() {
    return "Zipf's law with exponents 1.0 to 1.5, drawn anew at each token";
  }

  @Override
  public List<Field> fields() {
    return List.of(
        Field.words("rule", drawing.label()),
        Field.whole("vocabulary", vocabulary.count()),
        Field.whole("length", length),
        Field.number("rate", rate),
        Field.number("seed", seed, String.valueOf(seed)));
  }

  @Override
  public List<String> problems() {
    return vocabulary.count() < 200
        ? List.of("expected at least 200 tokens, got " + Numbers.grouped(vocabulary.count()))
        : List.of();
  }
}
