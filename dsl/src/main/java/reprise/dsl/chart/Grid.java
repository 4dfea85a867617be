package reprise.dsl.chart;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Evenly spaced numbers to draw curves at. */
public final class Grid {
  private Grid() {}

  /** Numbers of equal ratio from {@code low} to {@code high}. */
  public static double[] log(double low, double high, int count) {
    return IntStream.range(0, count)
        .mapToDouble(i -> low * Math.pow(high / low, i / (count - 1.0)))
        .toArray();
  }

  /** Edges of equal bins that hold all values; about the cube root rule of Rice, at most 60. */
  public static double[] edges(double[] values) {
    double low = Arrays.stream(values).min().orElseThrow();
    double high = Arrays.stream(values).max().orElseThrow();
    double room = low < high ? 0 : Math.max(1e-9, Math.abs(low) * .01);
    int bins = (int) Math.clamp(2 * Math.cbrt(values.length), 5, 60);
    double from = low - room;
    double width = (high - low + 2 * room) / bins;
    return IntStream.rangeClosed(0, bins).mapToDouble(i -> from + i * width).toArray();
  }

  /** How many values lie in each bin, the last edge included. */
  public static double[] counts(double[] values, double[] edges) {
    double[] counts = new double[edges.length - 1];
    double width = (edges[edges.length - 1] - edges[0]) / counts.length;
    for (double value : values) {
      counts[Math.clamp((int) ((value - edges[0]) / width), 0, counts.length - 1)]++;
    }
    return counts;
  }
}
