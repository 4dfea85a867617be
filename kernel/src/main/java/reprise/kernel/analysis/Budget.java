package reprise.kernel.analysis;

import java.util.Arrays;
import java.util.stream.IntStream;
import reprise.dsl.law.Valley;

/**
 * The runs of one compute budget.
 *
 * @param flops geometric mean of the runs' C
 * @param sizes distinct N, increasing
 * @param tokens geometric mean of D per size
 * @param losses per size the losses of its seeds
 */
record Budget(double flops, double[] sizes, double[] tokens, double[][] losses) {

  static Budget of(int[] rows, double[] c, double[] n, double[] d, double[] loss) {
    double[] sizes = Arrays.stream(rows).mapToDouble(i -> n[i]).sorted().distinct().toArray();
    double[] tokens = new double[sizes.length];
    double[][] losses = new double[sizes.length][];
    for (int s = 0; s < sizes.length; s++) {
      double size = sizes[s];
      int[] cell = Arrays.stream(rows).filter(i -> n[i] == size).toArray();
      tokens[s] =
          Math.exp(Arrays.stream(cell).mapToDouble(i -> Math.log(d[i])).average().orElse(0));
      losses[s] = Arrays.stream(cell).mapToDouble(i -> loss[i]).toArray();
    }
    double flops =
        Math.exp(Arrays.stream(rows).mapToDouble(i -> Math.log(c[i])).average().orElse(0));
    return new Budget(flops, sizes, tokens, losses);
  }

  boolean hasSeeds() {
    return Arrays.stream(losses).allMatch(cell -> cell.length >= 2);
  }

  /** Mean loss per size. */
  double[] means() {
    return Arrays.stream(losses).mapToDouble(c -> Arrays.stream(c).average().orElse(0)).toArray();
  }

  double[] redrawSeeds(Resample draw) {
    return Arrays.stream(losses)
        .mapToDouble(cell ->
            IntStream.range(0, cell.length)
                .mapToDouble(i -> cell[draw.below(cell.length)])
                .average()
                .orElse(0))
        .toArray();
  }

  /** The parabola plus residuals drawn from its own; outside its window the means. */
  double[] redraw(Parabola parabola, Resample draw) {
    double[] values = means();
    double[] pool = parabola.widenedResiduals();
    for (int s = parabola.from(); s < parabola.to(); s++) {
      values[s] = parabola.at(Math.log(sizes[s])) + pool[draw.below(pool.length)];
    }
    return values;
  }

  /** A parabola through the {@code window} sizes around the best one. */
  Parabola fit(double[] values, int window) {
    int best = best(values);
    int half = window >= sizes.length ? sizes.length : (window - 1) / 2;
    int from = Math.max(0, best - half);
    int to = Math.min(sizes.length, best + half + 1);
    while (to - from < 3) { // at an edge: one-sided, but still a parabola
      from = Math.max(0, from - 1);
      to = Math.min(sizes.length, to + 1);
    }
    double[] x = Arrays.stream(sizes, from, to).map(Math::log).toArray();
    return Parabola.through(x, Arrays.copyOfRange(values, from, to), Math.log(sizes[best]), from);
  }

  Valley valley(Parabola f) {
    double[] values = means();
    int best = best(values);
    double x = -f.slope() / (2 * f.curvature());
    double params = Math.exp(f.centre() + x);
    double[] line =
        Parabola.line(
            Arrays.stream(sizes).map(Math::log).toArray(),
            Arrays.stream(tokens).map(Math::log).toArray());
    boolean interior = f.curvature() > 0 && best > 0 && best < sizes.length - 1 && within(params);
    return new Valley(
        flops,
        f.to() - f.from(),
        Math.exp(f.centre()),
        f.level(),
        f.slope(),
        f.curvature(),
        params,
        Math.exp(line[0] + line[1] * Math.log(params)),
        f.level() - f.slope() * f.slope() / (4 * f.curvature()),
        interior);
  }

  /** Whether it is a valley with its minimum within the measured sizes. */
  boolean spans(Valley valley) {
    return valley.c2() > 0 && within(valley.params());
  }

  private boolean within(double params) {
    return params > sizes[0] && params < sizes[sizes.length - 1];
  }

  private static int best(double[] values) {
    int best = 0;
    for (int s = 1; s < values.length; s++) {
      if (values[s] < values[best]) {
        best = s;
      }
    }
    return best;
  }
}
