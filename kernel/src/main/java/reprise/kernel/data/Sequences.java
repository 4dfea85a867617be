package reprise.kernel.data;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Examples of T + 1 tokens each, one after the other, and which of the T predictions count.
 *
 * @param length T + 1
 * @param train training examples, flat
 * @param heldOut held-out examples, flat
 * @param scored of T predictions, 1 where one counts, else 0
 */
public record Sequences(int length, int[] train, int[] heldOut, float[] scored) {
  /** Number of training examples. */
  public int trainCount() {
    return train.length / length;
  }

  /** Number of held-out examples. */
  public int heldOutCount() {
    return heldOut.length / length;
  }

  /** How many predictions of an example count. */
  public int scoredCount() {
    return (int) IntStream.range(0, scored.length).filter(t -> scored[t] > 0).count();
  }

  /** The first T tokens of every example. */
  public int[] heads(int... examples) {
    int count = examples.length / length;
    int[] heads = new int[count * (length - 1)];
    for (int i = 0; i < count; i++) {
      System.arraycopy(examples, i * length, heads, i * (length - 1), length - 1);
    }
    return heads;
  }

  /** The last token of every example. */
  public int[] lasts(int... examples) {
    return IntStream.range(0, examples.length / length)
        .map(i -> examples[(i + 1) * length - 1])
        .toArray();
  }

  /** Every prediction counts. */
  static float[] all(int predictions) {
    float[] scored = new float[predictions];
    Arrays.fill(scored, 1);
    return scored;
  }
}
