package reprise.kernel.analysis;

import java.util.Arrays;
import reprise.dsl.law.Bootstrap;
import reprise.dsl.law.Points;

/** What each replicate of a bootstrap draws: how often a point counts, or new outcomes. */
final class Redraw {
  private final Bootstrap bootstrap;
  private final Residuals residuals;
  private final int[][] cells;
  private final double[] predicted;
  private final double[] pool;

  /**
   * @param theta the optimum, from which residuals are taken
   * @throws IllegalArgumentException when seeds are to be redrawn and a cell has one point only
   */
  Redraw(Bootstrap bootstrap, Residuals residuals, double[] theta, Points points) {
    this.bootstrap = bootstrap;
    this.residuals = residuals;
    boolean byCell =
        bootstrap.of() == Bootstrap.Resampling.CELLS
            || bootstrap.of() == Bootstrap.Resampling.SEEDS;
    cells = byCell ? residuals.cells() : new int[0][];
    if (bootstrap.of() == Bootstrap.Resampling.SEEDS && bootstrap.replicates() > 0) {
      for (int[] cell : cells) {
        if (cell.length == 1) {
          throw new IllegalArgumentException(
              "bootstrap over seeds: "
                  + points.labels().get(cell[0])
                  + " is alone in its cell; run every design with two seeds or more, or redraw"
                  + " cells or residuals");
        }
      }
    }
    int n = residuals.n;
    predicted = residuals.observed();
    pool = new double[n];
    if (bootstrap.of() == Bootstrap.Resampling.RESIDUALS) {
      // r* = r sqrt(n/(n-p)) makes up for the fitted constants; y* = prediction - r*
      double factor = Math.sqrt(n / (double) (n - residuals.p));
      double[] gradient = new double[residuals.p];
      for (int i = 0; i < n; i++) {
        double r = residuals.residual(theta, i, gradient);
        predicted[i] += r;
        pool[i] = -r * factor;
      }
    }
  }

  /** An objective for one thread; {@link #draw} fills {@code counts} or replaces the outcomes. */
  Residuals draw(int replicate, double[] counts, Residuals own) {
    var draws = new Resample(bootstrap.seed(), replicate);
    switch (bootstrap.of()) {
      case CASES -> draws.counts(counts);
      case CELLS -> {
        Arrays.fill(counts, 0);
        for (int c = 0; c < cells.length; c++) {
          for (int i : cells[draws.below(cells.length)]) {
            counts[i]++;
          }
        }
      }
      case SEEDS -> {
        Arrays.fill(counts, 0);
        for (int[] cell : cells) {
          for (int c = 0; c < cell.length; c++) {
            counts[cell[draws.below(cell.length)]]++;
          }
        }
      }
      case RESIDUALS -> {
        Arrays.fill(counts, 1);
        double[] outcomes = new double[residuals.n];
        for (int i = 0; i < outcomes.length; i++) {
          outcomes[i] = predicted[i] + pool[draws.below(pool.length)];
        }
        return own.observing(outcomes);
      }
    }
    return own;
  }
}
