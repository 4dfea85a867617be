package reprise.dsl.streams;

import java.util.Arrays;
import java.util.List;
import reprise.dsl.model.DecoderFamily;
import reprise.dsl.unit.Checks;

/**
 * An experiment on parallel scaling that still needs its numbers of streams: continue with {@link
 * #streams}.
 *
 * @param family the models that streams go through
 */
public record NeedsStreams(DecoderFamily family) {
  public NeedsStreams {
    Checks.present("models", family);
  }

  /**
   * The numbers of streams P, such as {@code streams(1, 2, 4)}; one stream is the plain model.
   *
   * @throws IllegalArgumentException when 1 is missing, or one stands twice
   */
  public NeedsCorpus streams(int... numbers) {
    List<Integer> all = Arrays.stream(numbers).boxed().sorted().distinct().toList();
    if (all.size() != numbers.length || all.isEmpty() || all.getFirst() != 1) {
      throw new IllegalArgumentException(
          "streams: give 1, which everything is compared with, and others once each, such as"
              + " streams(1, 2, 4); got "
              + Arrays.toString(numbers));
    }
    return new NeedsCorpus(family, all);
  }
}
