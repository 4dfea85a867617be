package reprise.dsl.lowprecision;

import java.util.List;
import reprise.dsl.data.Corpus;
import reprise.dsl.model.DecoderFamily;
import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Tokens;

/**
 * Training in low precision that still needs to know how long: continue with {@link #tokens}.
 *
 * @param formats each a run of its own
 * @param family what is trained
 * @param corpus what is read
 */
public record NeedsRoundedTokens(List<FloatFormat> formats, DecoderFamily family, Corpus corpus) {
  public NeedsRoundedTokens {
    Checks.present("corpus", corpus);
    formats = List.copyOf(formats);
  }

  /** What a run reads, D; several are runs of their own, each with its own schedule. */
  public LowPrecision tokens(Tokens... tokens) {
    return new LowPrecision(
        formats, family, corpus, List.of(tokens), List.of(LowPrecision.BLOCK), 1);
  }
}
