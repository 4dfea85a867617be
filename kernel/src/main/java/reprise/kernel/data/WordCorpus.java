package reprise.kernel.data;

import java.util.Arrays;
import java.util.stream.IntStream;
import reprise.dsl.data.Corpus;

/**
 * A text as words, cut in three: eight tenths to learn from, one for fine-tuning, one held out.
 *
 * @param words the vocabulary
 * @param train token ids of the first eight tenths
 * @param tuning of the ninth
 * @param heldOut of the last
 */
public record WordCorpus(Words words, int[] train, int[] tuning, int[] heldOut) {
  /** Reads and tokenises a text; the vocabulary is that of all of it. */
  public static WordCorpus read(Corpus.Words corpus) {
    Words words = Words.of(Text.content(corpus.text()), corpus.symbols().count());
    int[] all = words.tokens();
    int tenth = all.length / 10;
    return new WordCorpus(
        words,
        Arrays.copyOf(all, all.length - 2 * tenth),
        Arrays.copyOfRange(all, all.length - 2 * tenth, all.length - tenth),
        Arrays.copyOfRange(all, all.length - tenth, all.length));
  }

  /** The first nine tenths. */
  public int[] allButHeldOut() {
    return IntStream.concat(Arrays.stream(train), Arrays.stream(tuning)).toArray();
  }
}
