package reprise.tensor.model;

/**
 * Pairs of sentences in two buffers: each source has S tokens; each target begins with token 0,
 * which also ends the one before it, and T - 1 others. One more token 0 stands at the end of both
 * buffers.
 *
 * @param train pairs to train on, in order, from the first again after the last
 * @param held pairs held out
 * @param batch pairs in a step of evaluation
 */
public record PairSet(int train, int held, int batch) {
  public PairSet {
    if (train < 1 || held < 1 || batch < 1) {
      throw new IllegalArgumentException(
          "a set of pairs needs one to train on, one held out and one a batch, got "
              + train
              + ", "
              + held
              + ", "
              + batch);
    }
  }

  /** Steps of evaluation that see every held-out pair once, or nearly. */
  public int evalSteps() {
    return Math.max(1, held / batch);
  }
}
