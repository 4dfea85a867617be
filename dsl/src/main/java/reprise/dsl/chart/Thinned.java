package reprise.dsl.chart;

import java.util.Arrays;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Fewer points that look the same: of each group of consecutive points the first, the last, the
 * lowest and the highest. Extremes survive, and with them every spike of a loss curve.
 */
final class Thinned {
  /** Points of a series that are drawn at most. */
  static final int MOST = 2000;

  private Thinned() {}

  /** The indices of the points that stay, ascending; groups of equally many points. */
  static int[] indices(Xy at, int most) {
    int groups = most / 4;
    return indices(at, most, i -> (int) ((long) i * groups / at.size()));
  }

  /**
   * The same with groups of equal width on the axis, so that the sparse beginning of a curve on a
   * log axis stays; where x does not ascend, groups of equally many points.
   */
  static int[] indices(Xy at, int most, Span xs) {
    double[] shares = Arrays.stream(at.xs()).map(xs::share).toArray();
    for (int i = 0; i < shares.length; i++) {
      if (!Double.isFinite(shares[i]) || i > 0 && shares[i] < shares[i - 1]) {
        return indices(at, most);
      }
    }
    int groups = most / 4;
    double low = shares.length == 0 ? 0 : shares[0];
    double width = shares.length == 0 ? 1 : shares[shares.length - 1] - low;
    return indices(at, most, i -> Math.min(groups - 1, (int) ((shares[i] - low) / width * groups)));
  }

  private static int[] indices(Xy at, int most, IntUnaryOperator group) {
    int n = at.size();
    if (n <= most) {
      return IntStream.range(0, n).toArray();
    }
    TreeSet<Integer> keep = new TreeSet<>();
    int from = 0;
    while (from < n) {
      int low = from;
      int high = from;
      int to = from;
      for (; to < n && group.applyAsInt(to) == group.applyAsInt(from); to++) {
        // a NaN never wins, but must not hide the rest either
        if (at.y(to) < at.y(low) || Double.isNaN(at.y(low))) {
          low = to;
        }
        if (at.y(to) > at.y(high) || Double.isNaN(at.y(high))) {
          high = to;
        }
      }
      keep.add(from);
      keep.add(low);
      keep.add(high);
      keep.add(to - 1);
      from = to;
    }
    return keep.stream().mapToInt(Integer::intValue).toArray();
  }
}
