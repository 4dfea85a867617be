package reprise.dsl.streams;

import java.util.List;
import reprise.dsl.data.Corpus;
import reprise.dsl.model.DecoderFamily;
import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Tokens;

/**
 * An experiment on parallel scaling that still needs to know how long to train: continue with
 * {@link #tokens}.
 *
 * @param family the models that streams go through
 * @param streams numbers of streams, ascending from 1
 * @param corpus what the models are trained on
 */
public record NeedsTokens(DecoderFamily family, List<Integer> streams, Corpus corpus) {
  public NeedsTokens {
    Checks.present("models", family);
    Checks.present("corpus", corpus);
    streams = List.copyOf(streams);
  }

  /** How many tokens each model sees, whatever its streams. */
  public ParallelScaling tokens(Tokens tokens) {
    return ParallelScaling.of(family, streams, corpus, tokens);
  }
}
