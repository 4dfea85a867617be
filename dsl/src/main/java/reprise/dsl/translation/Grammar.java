package reprise.dsl.translation;

import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Symbols;

/**
 * A language to translate, made without text. Words of a source sentence are drawn independently,
 * word i with probability proportional to 1/i. The translation stands in reverse order; each word
 * becomes the entry of one of several dictionaries, chosen by the word before it in the source; and
 * a share of the target words is replaced by one drawn evenly. Dictionaries are permutations.
 *
 * @param words of each language
 * @param senses dictionaries
 * @param length words of a sentence
 * @param noise share of target words that are replaced
 * @param seed of the dictionaries
 */
public record Grammar(Symbols words, int senses, int length, double noise, long seed) {
  public Grammar {
    Checks.present("words", words);
    Checks.positive("senses", senses, "dictionaries");
    Checks.positive("length", length, "words");
    if (!(noise >= 0 && noise < 1)) {
      throw new IllegalArgumentException("noise must be a share in [0, 1), got " + noise);
    }
  }

  /** Four senses, twelve words a sentence, a tenth of them noise. */
  public static Grammar of(Symbols words) {
    return new Grammar(words, 4, 12, 0.1, 1);
  }

  /** The same with another number of dictionaries. */
  public Grammar senses(int dictionaries) {
    return new Grammar(words, dictionaries, length, noise, seed);
  }

  /** The same with sentences of another length. */
  public Grammar length(int number) {
    return new Grammar(words, senses, number, noise, seed);
  }

  /** The same with another share of target words replaced. */
  public Grammar noise(double share) {
    return new Grammar(words, senses, length, share, seed);
  }

  /** Tokens of a vocabulary: the words, and token 0 that begins and ends a sentence. */
  public int vocabulary() {
    return words.count() + 1;
  }

  /** Targets of a sentence: its words and its end. */
  public int targets() {
    return length + 1;
  }

  /**
   * The loss of one who knows the language, nats a target token. A word is right with p = 1 - noise
   * + noise/V and each other one has q = noise/V; the end of a sentence is certain: h = -(p ln p +
   * (V - 1) q ln q) length/(length + 1).
   */
  public double entropy() {
    double v = words.count();
    double q = noise / v;
    double p = 1 - noise + q;
    double word = -p * Math.log(p) - (q == 0 ? 0 : (v - 1) * q * Math.log(q));
    return word * length / (length + 1);
  }

  /** One line for plans. */
  public String label() {
    return words.count()
        + " words in "
        + senses
        + " senses, "
        + length
        + " a sentence, "
        + Math.round(100 * noise)
        + " % noise";
  }
}
