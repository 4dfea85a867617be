package reprise.dsl.compression;

import java.util.List;
import reprise.dsl.data.Corpus;
import reprise.dsl.model.DecoderFamily;
import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Tokens;

/**
 * A measurement of information capacity that still needs to know how long to train: continue with
 * {@link #tokens}.
 *
 * @param tokenizers the same text under several tokenizers
 * @param family the models
 */
public record NeedsCompressorTokens(List<Corpus> tokenizers, DecoderFamily family) {
  public NeedsCompressorTokens {
    tokenizers = List.copyOf(tokenizers);
    Checks.present("models", family);
  }

  /** Tokens D that every model is trained on, whatever its tokenizer. */
  public InformationCapacity tokens(Tokens tokens) {
    return new InformationCapacity(tokenizers, family, tokens, 1);
  }
}
