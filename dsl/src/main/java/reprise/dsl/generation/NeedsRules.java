package reprise.dsl.generation;

import java.util.List;
import reprise.dsl.unit.Checks;

/**
 * A comparison of decoders that still needs its rules: continue with {@link #with}.
 *
 * @param model that writes
 */
public record NeedsRules(LanguageModel model) {
  public NeedsRules {
    Checks.present("model", model);
  }

  /** The ways of decoding to compare, such as {@code greedy(), nucleus(0.9)}. */
  public DecodingComparison with(Decoding... rules) {
    return new DecodingComparison(model, List.of(rules), Prompting.DEFAULT, 1);
  }
}
