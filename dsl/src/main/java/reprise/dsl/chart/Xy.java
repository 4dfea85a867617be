package reprise.dsl.chart;

import java.util.Arrays;

/**
 * Points of a plane, in order. A NaN is a gap in a line.
 *
 * @param xs one a point
 * @param ys one a point
 */
public record Xy(double[] xs, double[] ys) {
  public Xy {
    if (xs.length != ys.length) {
      throw new IllegalArgumentException(
          "a series needs a y for every x, got " + xs.length + " x and " + ys.length + " y");
    }
    xs = xs.clone();
    ys = ys.clone();
  }

  @Override
  public double[] xs() {
    return xs.clone();
  }

  @Override
  public double[] ys() {
    return ys.clone();
  }

  /** Number of points. */
  public int size() {
    return xs.length;
  }

  public double x(int i) {
    return xs[i];
  }

  public double y(int i) {
    return ys[i];
  }

  /** Whether both coordinates of a point are numbers. */
  boolean finite(int i) {
    return Double.isFinite(xs[i]) && Double.isFinite(ys[i]);
  }

  /** The points of these indices. */
  Xy pick(int[] indices) {
    return new Xy(
        Arrays.stream(indices).mapToDouble(i -> xs[i]).toArray(),
        Arrays.stream(indices).mapToDouble(i -> ys[i]).toArray());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Xy xy && Arrays.equals(xs, xy.xs) && Arrays.equals(ys, xy.ys);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(xs) + Arrays.hashCode(ys);
  }

  @Override
  public String toString() {
    return xs.length + " points";
  }
}
