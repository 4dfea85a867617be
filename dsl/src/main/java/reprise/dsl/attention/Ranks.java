package reprise.dsl.attention;

import java.util.Arrays;

/** Rank correlation. */
final class Ranks {
  private Ranks() {}

  /**
   * Spearman's: Pearson's correlation of ranks, ties sharing the mean of theirs; 0 where all values
   * of one side are equal.
   */
  static double correlation(double[] x, double[] y) {
    double[] a = ranks(x);
    double[] b = ranks(y);
    double middle = (x.length + 1) / 2.0;
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += (a[i] - middle) * (b[i] - middle);
      aa += (a[i] - middle) * (a[i] - middle);
      bb += (b[i] - middle) * (b[i] - middle);
    }
    return aa == 0 || bb == 0 ? 0 : ab / Math.sqrt(aa * bb);
  }

  private static double[] ranks(double[] x) {
    return Arrays.stream(x)
        .map(v -> {
          long below = Arrays.stream(x).filter(w -> w < v).count();
          long equal = Arrays.stream(x).filter(w -> w == v).count();
          return below + (equal + 1) / 2.0;
        })
        .toArray();
  }
}
