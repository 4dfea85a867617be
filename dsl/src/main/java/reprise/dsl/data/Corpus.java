package reprise.dsl.data;

import java.util.OptionalInt;
import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Order;
import reprise.dsl.unit.Symbols;

/** What a language model is trained on. */
public sealed interface Corpus {
  /** One line for plans and captions. */
  String label();

  /** The vocabulary V of a model on it. */
  int vocabulary();

  /**
   * Whether the loss can be compared with a known entropy: then runs are scored as {@code h + mean
   * KL(source || model)}, never as cross-entropy on a sample.
   */
  boolean entropyKnown();

  /** The domain in a word, for ids of runs. */
  String domain();

  /** Tokens of a window where windows are whole examples; empty for running text. */
  default OptionalInt window() {
    return OptionalInt.empty();
  }

  /** Predictions in a window of whole examples. */
  int WINDOW = 64;

  /**
   * A Markov source with power-law marginals and a low-rank interaction of power-law spectrum:
   * {@code logits[i, j] = -ln(j + 1) + s G[i, j]} with entries of G of unit mean square. Its
   * entropy rate is computed exactly from the stationary distribution.
   *
   * @param symbols alphabet size V
   * @param order preceding symbols the next depends on, 1
   * @param source how G is made
   */
  record Markov(Symbols symbols, Order order, Source source) implements Corpus {

    /** How the interaction matrix is made. */
    public sealed interface Source {
      /** Without random numbers, from cosines; the same on every machine. */
      record Cosine() implements Source {
        @Override
        public String toString() {
          return "cosine";
        }
      }

      /**
       * From Gaussian factors.
       *
       * @param seed of the counter-based generator
       */
      record Random(long seed) implements Source {
        @Override
        public String toString() {
          return "random source " + seed;
        }
      }
    }

    public Markov {
      Checks.present("symbols", symbols);
      Checks.present("order", order);
      Checks.present("source", source);
      if (order.count() > 1) {
        throw new IllegalArgumentException(
            "markov: order must be 1, got "
                + order.count()
                + "; small models stay on the order-1 plateau of a higher order, and leave it or not"
                + " by chance of the seed, so that nothing could be concluded");
      }
    }

    /** The source made of cosines. */
    public Markov(Symbols symbols, Order order) {
      this(symbols, order, new Source.Cosine());
    }

    /** The same alphabet and order with random factors. */
    public Markov random(long seed) {
      return new Markov(symbols, order, new Source.Random(seed));
    }

    @Override
    public String label() {
      return "markov(" + symbols + ", " + order + ") " + source;
    }

    @Override
    public String domain() {
      return "source";
    }

    @Override
    public int vocabulary() {
      return symbols.count();
    }

    @Override
    public boolean entropyKnown() {
      return true;
    }
  }

  /** The characters of a text that ships with Reprise or lies in a file. */
  record Characters(TextSource text) implements Corpus {
    public Characters {
      Checks.present("text", text);
    }

    @Override
    public String label() {
      return "characters of " + text.label();
    }

    @Override
    public String domain() {
      return "text";
    }

    @Override
    public int vocabulary() {
      return text.characters();
    }

    @Override
    public boolean entropyKnown() {
      return false;
    }
  }

  /**
   * The words of a text in lower case: the letters and the most frequent words and marks are the
   * vocabulary, other words are spelled letter by letter, so that nothing is unknown.
   *
   * @param text what is read
   * @param symbols size of the vocabulary
   */
  record Words(TextSource text, Symbols symbols) implements Corpus {
    public Words {
      Checks.present("text", text);
      Checks.present("symbols", symbols);
    }

    @Override
    public String label() {
      return "words of " + text.label() + " (" + symbols.count() + " symbols)";
    }

    @Override
    public String domain() {
      return "words";
    }

    @Override
    public int vocabulary() {
      return symbols.count();
    }

    @Override
    public boolean entropyKnown() {
      return false;
    }
  }

  /**
   * A text in byte pairs learned from its first eight tenths (Sennrich et al. 2016, arXiv
   * 1508.07909, with bytes as first symbols): 256 bytes, and a symbol for each of the pairs joined.
   *
   * @param text what is read
   * @param symbols size of the vocabulary, more than 256
   */
  record Pairs(TextSource text, Symbols symbols) implements Corpus {
    public Pairs {
      Checks.present("text", text);
      Checks.present("symbols", symbols);
      if (symbols.count() <= BYTES) {
        throw new IllegalArgumentException(
            "bytePairs: the vocabulary holds all 256 bytes and then pairs, so give more than 256"
                + " symbols, got "
                + symbols.count());
      }
    }

    private static final int BYTES = 256;

    @Override
    public String label() {
      return "byte pairs of " + text.label() + " (" + symbols.count() + " symbols)";
    }

    @Override
    public String domain() {
      return "pairs" + symbols.count();
    }

    @Override
    public int vocabulary() {
      return symbols.count();
    }

    @Override
    public boolean entropyKnown() {
      return false;
    }
  }

  /**
   * Procedural grey pictures of 8x8 pixels with 16 levels, pixel by pixel from the upper left: a
   * lighted ground, a disc or a bar before it, and noise. A window is one picture behind a start
   * symbol. Henighan et al. 2020 (arXiv 2010.14701, section 2) model photographs of 8x8 pixels so.
   *
   * @param seed of the pictures
   */
  record Pictures(long seed) implements Corpus {
    @Override
    public String label() {
      return "8x8 grey pictures, 16 levels (seed " + seed + ")";
    }

    @Override
    public String domain() {
      return "pictures";
    }

    /** Sixteen levels and the start. */
    @Override
    public int vocabulary() {
      return 17;
    }

    @Override
    public boolean entropyKnown() {
      return false;
    }

    @Override
    public OptionalInt window() {
      return OptionalInt.of(WINDOW);
    }
  }

  /**
   * Arithmetic with numbers below 100, written out: {@code 37+85=22}. Sum, difference and product
   * are taken modulo 100, and there is the larger, the smaller, and the remainder. Eight problems
   * make a window behind a start symbol; only the two digits of an answer are scored, in training,
   * too, as Henighan et al. 2020 (arXiv 2010.14701, section 2) train on mathematics. One problem in
   * ten is never trained on; those are the held-out ones. An answer follows from its problem, so
   * that the irreducible loss is 0.
   *
   * @param seed of the problems
   */
  record Arithmetic(long seed) implements Corpus {
    @Override
    public String label() {
      return "arithmetic below 100, answers scored (seed " + seed + ")";
    }

    @Override
    public String domain() {
      return "arithmetic";
    }

    /** Ten digits, six operations, the equals sign and the start. */
    @Override
    public int vocabulary() {
      return 18;
    }

    @Override
    public boolean entropyKnown() {
      return false;
    }

    @Override
    public OptionalInt window() {
      return OptionalInt.of(WINDOW);
    }
  }
}
