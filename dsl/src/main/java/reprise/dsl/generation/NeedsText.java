package reprise.dsl.generation;

import reprise.dsl.data.Corpus;
import reprise.dsl.model.DecoderFamily;
import reprise.dsl.unit.Checks;

/**
 * A language model that still needs its text: continue with {@link #on}.
 *
 * @param family of one width
 */
public record NeedsText(DecoderFamily family) {
  public NeedsText {
    Checks.present("model", family);
    if (family.widths().values().size() != 1) {
      throw new IllegalArgumentException(
          "a language model has one width, got " + family.widths() + "; plan one run for each");
    }
  }

  /** What it is trained on. */
  public NeedsTokens on(Corpus.Words corpus) {
    return new NeedsTokens(family, corpus);
  }
}
