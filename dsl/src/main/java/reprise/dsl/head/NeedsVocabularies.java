package reprise.dsl.head;

import java.util.List;
import reprise.dsl.unit.Symbols;
import reprise.dsl.unit.Tokens;
import reprise.dsl.unit.Width;

/**
 * A study of a head's loss that still needs its vocabularies: continue with {@link #vocabularies}.
 *
 * @param tokens whose losses are computed, N
 * @param width of the head, d
 */
public record NeedsVocabularies(Tokens tokens, Width width) {
  /** Sizes of the vocabulary; each is measured by itself. */
  public LossStudy vocabularies(Symbols... sizes) {
    return new LossStudy(this, List.of(sizes), 1);
  }
}
