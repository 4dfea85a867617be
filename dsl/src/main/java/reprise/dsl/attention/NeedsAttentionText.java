package reprise.dsl.attention;

import reprise.dsl.data.Corpus;
import reprise.dsl.model.DecoderFamily;
import reprise.dsl.unit.Checks;

/**
 * An experiment on the entropy of attention that still needs what is read: continue with {@link
 * #corpus}.
 *
 * @param models what is trained
 */
public record NeedsAttentionText(DecoderFamily models) {
  public NeedsAttentionText {
    Checks.present("models", models);
  }

  /** What every model reads; a tenth is held out. */
  public NeedsAttentionTokens corpus(Corpus corpus) {
    return new NeedsAttentionTokens(models, corpus);
  }
}
