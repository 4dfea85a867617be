package reprise.dsl.sampling;

import java.util.List;
import reprise.dsl.generation.Decoding;
import reprise.dsl.unit.Symbols;

/**
 * A study of surprise that still needs the rules: continue with {@link #with}.
 *
 * @param vocabulary tokens of each distribution
 */
public record NeedsDecoders(Symbols vocabulary) {
  /** The ways of decoding to compare, such as {@code topK(50), mirostat(3)}. */
  public SurpriseStudy with(Decoding... rules) {
    return SurpriseStudy.of(vocabulary, List.of(rules));
  }
}
