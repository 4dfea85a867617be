package reprise.dsl.law;

import java.util.List;

/**
 * The product of the axes: every combination is one start of the optimiser, the last axis varying
 * fastest.
 *
 * @param axes one per constant, in the law's order
 */
public record StartGrid(List<Axis> axes) {
  public StartGrid {
    axes = List.copyOf(axes);
    long size = 1;
    for (Axis axis : axes) {
      size = Math.multiplyExact(size, (long) axis.size());
    }
    if (size > 10_000_000) {
      throw new IllegalArgumentException("start grid: " + size + " starts; at most 10000000");
    }
  }

  public static StartGrid of(Axis... axes) {
    return new StartGrid(List.of(axes));
  }

  /** A single start. */
  public static StartGrid at(Law law, double[] theta) {
    Axis[] axes = new Axis[theta.length];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = Axis.of(law.constants().get(i).name(), theta[i]);
    }
    return of(axes);
  }

  /** Number of starts. */
  public int size() {
    int size = 1;
    for (Axis axis : axes) {
      size *= axis.size();
    }
    return size;
  }

  /** The theta of start {@code index}. */
  public double[] start(int index) {
    double[] theta = new double[axes.size()];
    int rest = index;
    for (int i = theta.length - 1; i >= 0; i--) {
      Axis axis = axes.get(i);
      theta[i] = axis.value(rest % axis.size());
      rest /= axis.size();
    }
    return theta;
  }

  void requireAxesOf(String law, List<Constant> constants) {
    List<String> want = constants.stream().map(Constant::name).toList();
    List<String> have = axes.stream().map(Axis::constant).toList();
    if (!want.equals(have)) {
      throw new IllegalArgumentException(
          "start grid of "
              + law
              + ": axes "
              + have
              + ", expected one per constant, in order "
              + want);
    }
  }
}
