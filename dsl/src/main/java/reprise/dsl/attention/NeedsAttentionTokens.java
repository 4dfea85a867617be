package reprise.dsl.attention;

import reprise.dsl.data.Corpus;
import reprise.dsl.model.DecoderFamily;
import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Tokens;

/**
 * An experiment on the entropy of attention that still needs to know how long: continue with {@link
 * #tokens}.
 *
 * @param models what is trained
 * @param corpus what is read
 */
public record NeedsAttentionTokens(DecoderFamily models, Corpus corpus) {
  public NeedsAttentionTokens {
    Checks.present("corpus", corpus);
  }

  /** What every run reads, D. */
  public NeedsRates tokens(Tokens tokens) {
    return new NeedsRates(models, corpus, tokens);
  }
}
