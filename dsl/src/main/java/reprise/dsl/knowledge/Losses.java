package reprise.dsl.knowledge;

/**
 * Losses of a model on the knowledge it was trained on, in nats, each a sum over tokens (arXiv
 * 2404.05405, section 3).
 *
 * @param name p_1: over the tokens of a name, mean over people
 * @param value p_2: over the tokens of a value, mean over people and attributes (for bioS: sum over
 *     the six attributes)
 * @param firstChunk p_3: over the first chunk of a value, mean over people and attributes
 */
public record Losses(double name, double value, double firstChunk) {
  public Losses {
    if (!(name >= 0 && value >= 0 && firstChunk >= 0)) {
      throw new IllegalArgumentException(
          "losses are sums of negative log-probabilities and cannot be negative or NaN, got "
              + name
              + ", "
              + value
              + ", "
              + firstChunk);
    }
  }

  /** Without the loss of the first chunk, where every string is possible. */
  public static Losses of(double name, double value) {
    return new Losses(name, value, 0);
  }
}
