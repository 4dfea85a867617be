package reprise.dsl.lowprecision;

import java.util.List;
import reprise.dsl.data.Corpus;
import reprise.dsl.model.DecoderFamily;

/**
 * Training in low precision that still needs what is read: continue with {@link #corpus}.
 *
 * @param formats each a run of its own
 * @param family what is trained
 */
public record NeedsRoundedText(List<FloatFormat> formats, DecoderFamily family) {
  public NeedsRoundedText {
    formats = List.copyOf(formats);
  }

  /** What every model reads; a tenth is held out. */
  public NeedsRoundedTokens corpus(Corpus corpus) {
    return new NeedsRoundedTokens(formats, family, corpus);
  }
}
