package reprise.dsl.generation;

import reprise.dsl.data.Corpus;
import reprise.dsl.model.DecoderFamily;
import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Tokens;

/**
 * A language model that still needs to know how long to train: continue with {@link #tokens}.
 *
 * @param family of one width
 * @param corpus what it is trained on
 */
public record NeedsTokens(DecoderFamily family, Corpus.Words corpus) {
  public NeedsTokens {
    Checks.present("model", family);
    Checks.present("corpus", corpus);
  }

  /** Tokens of training, rounded to whole steps. */
  public LanguageModel.Trained tokens(Tokens tokens) {
    long step = LanguageModel.Trained.SETTINGS.tokensPerStep();
    long whole = Math.max(1, Math.round((double) tokens.count() / step)) * step;
    return new LanguageModel.Trained(
        corpus,
        family.members(corpus.vocabulary()).getFirst(),
        new Tokens(whole),
        LanguageModel.Trained.SETTINGS);
  }
}
