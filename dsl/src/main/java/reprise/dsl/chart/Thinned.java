package reprise.dsl.chart;

import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Fewer points that look the same: of each of equally many consecutive points the first, the last,
 * the lowest and the highest. Extremes survive, and with them every spike of a loss curve.
 */
final class Thinned {
  /** Points of a series that are drawn at most. */
  static final int MOST = 2000;

  private Thinned() {}

  /** The indices of the points that stay, ascending. */
  static int[] indices(Xy at, int most) {
    int n = at.size();
    if (n <= most) {
      return IntStream.range(0, n).toArray();
    }
    int groups = most / 4;
    TreeSet<Integer> keep = new TreeSet<>();
    for (int g = 0; g < groups; g++) {
      int from = (int) ((long) n * g / groups);
      int to = (int) ((long) n * (g + 1) / groups);
      int low = from;
      int high = from;
      for (int i = from; i < to; i++) {
        // a NaN never wins, but must not hide the rest either
        if (at.y(i) < at.y(low) || Double.isNaN(at.y(low))) {
          low = i;
        }
        if (at.y(i) > at.y(high) || Double.isNaN(at.y(high))) {
          high = i;
        }
      }
      keep.add(from);
      keep.add(low);
      keep.add(high);
      keep.add(to - 1);
    }
    return keep.stream().mapToInt(Integer::intValue).toArray();
  }
}
