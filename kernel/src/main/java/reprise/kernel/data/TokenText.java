package reprise.kernel.data;

import java.util.Arrays;
import java.util.stream.IntStream;
import reprise.dsl.data.Corpus;
import reprise.dsl.data.TextSource;

/**
 * A text as tokens, cut in three: eight tenths to learn from, one for fine-tuning, one held out.
 *
 * @param vocabulary tells tokens as text
 * @param train token ids of the first eight tenths
 * @param tuning of the ninth
 * @param heldOut of the last
 */
public record TokenText(Vocabulary vocabulary, int[] train, int[] tuning, int[] heldOut) {
  /** Reads a text as words; the vocabulary is that of all of it. */
  public static TokenText words(Corpus.Words corpus) {
    Words words = Words.of(Text.content(corpus.text()), corpus.symbols().count());
    return cut(words, words.tokens());
  }

  /** Reads a text in byte pairs learned from its first eight tenths. */
  public static TokenText pairs(Corpus.Pairs corpus) {
    String text = Text.content(corpus.text());
    String learned = text.substring(0, text.length() / 10 * 8);
    BytePairs tokenizer = BytePairs.learn(learned, corpus.symbols().count());
    return cut(tokenizer, tokenizer.encode(text));
  }

  /** Reads a text with a tokenizer. */
  public static TokenText of(TextSource text, Vocabulary tokenizer) {
    return cut(tokenizer, tokenizer.encode(Text.content(text)));
  }

  private static TokenText cut(Vocabulary vocabulary, int[] all) {
    int tenth = all.length / 10;
    return new TokenText(
        vocabulary,
        Arrays.copyOf(all, all.length - 2 * tenth),
        Arrays.copyOfRange(all, all.length - 2 * tenth, all.length - tenth),
        Arrays.copyOfRange(all, all.length - tenth, all.length));
  }

  /** The first nine tenths. */
  public int[] allButHeldOut() {
    return IntStream.concat(Arrays.stream(train), Arrays.stream(tuning)).toArray();
  }
}
