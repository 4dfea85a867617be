package reprise.dsl.sampling;

import java.util.List;
import reprise.dsl.generation.Decoding;
import reprise.dsl.unit.Symbols;

/**
 * A study of kept entropy that still needs the rules: continue with {@link #with}.
 *
 * @param vocabulary tokens of each distribution
 */
public record NeedsCuts(Symbols vocabulary) {
  /** The rules to compare, such as {@code topH(0.4), minP(0.1), nucleus(0.9)}. */
  public KeptStudy with(Decoding... rules) {
    return KeptStudy.of(vocabulary, List.of(rules));
  }
}
