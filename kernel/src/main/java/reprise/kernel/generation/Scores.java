package reprise.kernel.generation;

/**
 * What a model predicts on held-out windows, means over all positions.
 *
 * @param loss nats a token
 * @param entropy of the predicted distribution, nats
 * @param topMass its largest probability
 * @param choices the most probable token of each position
 */
public record Scores(double loss, double entropy, double topMass, int[] choices) {
  /** exp of the loss. */
  public double perplexity() {
    return Math.exp(loss);
  }

  /** The share of positions on which two models choose the same token. */
  public double agreement(Scores other) {
    int same = 0;
    for (int i = 0; i < choices.length; i++) {
      same += choices[i] == other.choices[i] ? 1 : 0;
    }
    return (double) same / choices.length;
  }
}
