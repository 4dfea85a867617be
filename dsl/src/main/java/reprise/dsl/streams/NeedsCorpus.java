package reprise.dsl.streams;

import java.util.List;
import reprise.dsl.data.Corpus;
import reprise.dsl.model.DecoderFamily;
import reprise.dsl.unit.Checks;

/**
 * An experiment on parallel scaling that still needs its corpus: continue with {@link #corpus}.
 *
 * @param family the models that streams go through
 * @param streams numbers of streams, ascending from 1
 */
public record NeedsCorpus(DecoderFamily family, List<Integer> streams) {
  public NeedsCorpus {
    Checks.present("models", family);
    streams = List.copyOf(streams);
  }

  /** What the models are trained on. */
  public NeedsTokens corpus(Corpus corpus) {
    return new NeedsTokens(family, streams, corpus);
  }
}
