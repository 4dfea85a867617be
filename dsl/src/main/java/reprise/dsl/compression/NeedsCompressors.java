package reprise.dsl.compression;

import java.util.List;
import reprise.dsl.data.Corpus;
import reprise.dsl.model.DecoderFamily;

/**
 * A measurement of information capacity that still needs its models: continue with {@link #models}.
 *
 * @param tokenizers the same text under several tokenizers
 */
public record NeedsCompressors(List<Corpus> tokenizers) {
  public NeedsCompressors {
    tokenizers = List.copyOf(tokenizers);
    if (tokenizers.size() < 2) {
      throw new IllegalArgumentException(
          "informationCapacity: give a text under at least two tokenizers, such as"
              + " characters(PRIDE_AND_PREJUDICE), bytePairs(PRIDE_AND_PREJUDICE, symbols(512));"
              + " got "
              + tokenizers.size());
    }
    for (Corpus corpus : tokenizers) {
      if (!(corpus instanceof Corpus.Characters || corpus instanceof Corpus.Pairs)) {
        throw new IllegalArgumentException(
            "informationCapacity: the bits of text of a token are known of characters and byte pairs"
                + " only, not of "
                + corpus.label());
      }
    }
  }

  /** The models to train with every tokenizer, one a width. */
  public NeedsCompressorTokens models(DecoderFamily family) {
    return new NeedsCompressorTokens(tokenizers, family);
  }
}
