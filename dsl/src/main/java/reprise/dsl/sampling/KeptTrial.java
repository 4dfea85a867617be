package reprise.dsl.sampling;

import java.util.List;
import reprise.dsl.plan.Field;
import reprise.dsl.study.Trial;
import reprise.dsl.unit.Flops;
import reprise.dsl.unit.Numbers;
import reprise.dsl.unit.Symbols;

/**
 * One distribution, one rule, one temperature.
 *
 * @param vocabulary tokens
 * @param drawing the rule
 * @param temperature that divides the logits
 * @param seed of the logits
 */
public record KeptTrial(Symbols vocabulary, Drawing drawing, double temperature, int seed)
    implements Trial {
  @Override
  public String id() {
    return drawing.slug() + "-t" + Numbers.plain(temperature) + "-s" + seed;
  }

  /** Sorting and summing. */
  @Override
  public Flops flops() {
    return new Flops(50.0 * vocabulary.count());
  }

  @Override
  public long numbers() {
    return vocabulary.count();
  }

  @Override
  public String setting() {
    return "logits 3 N(0, 1)";
  }

  @Override
  public List<Field> fields() {
    return List.of(
        Field.words("rule", drawing.label()),
        Field.whole("vocabulary", vocabulary.count()),
        Field.number("temperature", temperature),
        Field.number("seed", seed, String.valueOf(seed)));
  }
}
