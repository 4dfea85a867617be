package reprise.kernel.head;

import java.util.Arrays;
import java.util.SplittableRandom;
import reprise.dsl.head.FilterTrial;

/**
 * A source of tokens: each is followed, with probability 0.8, by one of four tokens of its own,
 * else by any token by Zipf's law. Tokens are numbered without regard to how frequent they are.
 */
final class Successors {
  /** Shares of the four, running sums; what is left is Zipf's law. */
  private static final double[] UP_TO = {0.4, 0.6, 0.72, 0.8};

  private final int[] byRank;
  private final double[] zipf;
  private final int[][] follows;

  private Successors(int[] byRank, double[] zipf, int[][] follows) {
    this.byRank = byRank;
    this.zipf = zipf;
    this.follows = follows;
  }

  /** A source over that many tokens. */
  static Successors drawn(int vocabulary, SplittableRandom random) {
    int[] byRank = new int[vocabulary];
    Arrays.setAll(byRank, i -> i);
    for (int i = vocabulary - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int t = byRank[i];
      byRank[i] = byRank[j];
      byRank[j] = t;
    }
    double[] zipf = new double[vocabulary];
    double sum = 0;
    for (int rank = 0; rank < vocabulary; rank++) {
      sum += Math.pow(rank + 1.0, -FilterTrial.EXPONENT);
      zipf[rank] = sum;
    }
    for (int rank = 0; rank < vocabulary; rank++) {
      zipf[rank] /= sum;
    }
    Successors source = new Successors(byRank, zipf, new int[vocabulary][]);
    for (int token = 0; token < vocabulary; token++) {
      source.follows[token] = source.successors(random);
    }
    return source;
  }

  private int[] successors(SplittableRandom random) {
    int[] four = new int[FilterTrial.SUCCESSORS];
    Arrays.setAll(four, i -> any(random));
    return four;
  }

  /** A token by Zipf's law. */
  private int any(SplittableRandom random) {
    int at = Arrays.binarySearch(zipf, random.nextDouble());
    return byRank[Math.min(zipf.length - 1, at < 0 ? -at - 1 : at)];
  }

  /** The same, but each token has other successors with probability one half. */
  Successors changed(SplittableRandom random) {
    int[][] other = follows.clone();
    for (int token = 0; token < other.length; token++) {
      if (random.nextBoolean()) {
        other[token] = successors(random);
      }
    }
    return new Successors(byRank, zipf, other);
  }

  /** So many tokens in a row. */
  int[] tokens(int count, SplittableRandom random) {
    int[] out = new int[count];
    out[0] = any(random);
    for (int i = 1; i < count; i++) {
      double u = random.nextDouble();
      int which = 0;
      while (which < UP_TO.length && u >= UP_TO[which]) {
        which++;
      }
      out[i] = which == UP_TO.length ? any(random) : follows[out[i - 1]][which];
    }
    return out;
  }
}
