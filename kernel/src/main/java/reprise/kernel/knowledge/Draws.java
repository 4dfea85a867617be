package reprise.kernel.knowledge;

import reprise.tensor.Philox;

/**
 * Whole numbers drawn one after the other from Philox under key = seed and counter = (block, 0,
 * stream, 0). Programs use streams 1 to 5 and from 1000 on; these use 100 and following.
 */
final class Draws {
  private final long seed;
  private final int stream;
  private final int[] words = new int[4];
  private int next;

  Draws(long seed, int stream) {
    this.seed = seed;
    this.stream = stream;
  }

  /** floor(n u), u the next word over 2^32. */
  int below(int n) {
    if (next % 4 == 0) {
      Philox.block(seed, next / 4, 0, stream, 0, words);
    }
    return (int) ((words[next++ % 4] & 0xFFFFFFFFL) * n >>> 32);
  }
}
