package reprise.dsl.data;

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
    public int vocabulary() {
      return symbols.count();
    }

    @Override
    public boolean entropyKnown() {
      return false;
    }
  }
}
