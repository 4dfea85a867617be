package reprise.dsl.ladder;

import java.util.List;
import reprise.dsl.data.Corpus;
import reprise.dsl.model.DecoderFamily;
import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Tokens;
import reprise.dsl.unit.Width;

/**
 * A ladder that still needs to know how long: continue with {@link #tokens}.
 *
 * @param family the reference models
 * @param corpus what they read
 */
public record NeedsLadderTokens(DecoderFamily family, Corpus.Words corpus) {
  public NeedsLadderTokens {
    Checks.present("corpus", corpus);
  }

  /** Token counts, each for every width; sizes are read off at the middle one. */
  public DensityLadder tokens(Tokens... counts) {
    List<Tokens> sorted = List.of(counts).stream().distinct().sorted().toList();
    if (sorted.size() < 2) {
      throw new IllegalArgumentException(
          "a ladder needs at least two token counts, so that size and tokens can be told apart,"
              + " got "
              + sorted.size());
    }
    List<Integer> widths = family.widths().values().stream().distinct().sorted().toList();
    return new DensityLadder(
        family,
        corpus,
        sorted,
        sorted.get(sorted.size() / 2),
        new Width(widths.get(widths.size() / 2)),
        List.of(),
        List.of(),
        ClozeBenchmark.STANDARD,
        1,
        DensityLadder.RATE);
  }
}
