package reprise.tensor.model;

/**
 * Sizes of the token buffers inside a program.
 *
 * @param trainTokens length of {@code train_tokens}
 * @param evalTokens length of {@code eval_tokens}
 * @param evalBatch windows in one step of {@code evaluate}
 * @param sourceStates rows of {@code source_table}, the true next-symbol distributions by last
 *     symbol; 0 for text without a known source
 */
public record Corpus(int trainTokens, int evalTokens, int evalBatch, int sourceStates) {
  /** Text, whose entropy nobody knows. */
  public static Corpus text(int trainTokens, int evalTokens, int evalBatch) {
    return new Corpus(trainTokens, evalTokens, evalBatch, 0);
  }

  /** A first-order Markov source over the vocabulary. */
  public static Corpus markov(int trainTokens, int evalTokens, int evalBatch, int symbols) {
    return new Corpus(trainTokens, evalTokens, evalBatch, symbols);
  }

  /** Number of whole windows of the evaluation buffer. */
  public int evalWindows(int context) {
    return (evalTokens - 1) / context;
  }

  /** Steps of {@code evaluate} that see every whole evaluation window once, or nearly. */
  public int evalSteps(int context) {
    return Math.max(1, evalWindows(context) / evalBatch);
  }
}
