package reprise.tensor.model;

import java.util.Arrays;

/**
 * One continued text: arrays have an entry for each token; entry 0 of the last three is 0, since
 * nothing predicts the first token.
 *
 * @param tokens prompt, then new tokens
 * @param prompt length of the prompt
 * @param stopped whether a stop token ended it
 * @param logProbability of the token under the model at temperature 1, nats
 * @param entropy of the model's distribution at that position, nats
 * @param topMass largest probability of that distribution
 */
public record Generation(
    int[] tokens,
    int prompt,
    boolean stopped,
    float[] logProbability,
    float[] entropy,
    float[] topMass) {
  /** The tokens after the prompt. */
  public int[] generated() {
    return Arrays.copyOfRange(tokens, prompt, tokens.length);
  }
}
