package reprise.dsl.ladder;

import reprise.dsl.data.Corpus;
import reprise.dsl.model.DecoderFamily;
import reprise.dsl.unit.Checks;

/**
 * A ladder that still needs what is read: continue with {@link #corpus}.
 *
 * @param family the reference models, a width each
 */
public record NeedsLadderText(DecoderFamily family) {
  public NeedsLadderText {
    Checks.present("models", family);
    if (family.widths().values().stream().distinct().count() < 3) {
      throw new IllegalArgumentException(
          "a ladder needs at least three widths, got " + family.widths());
    }
  }

  /** What every model reads; the cloze test is made of its last tenth. */
  public NeedsLadderTokens corpus(Corpus.Words corpus) {
    return new NeedsLadderTokens(family, corpus);
  }
}
