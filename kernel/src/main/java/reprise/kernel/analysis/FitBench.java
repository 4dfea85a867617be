package reprise.kernel.analysis;

import java.util.Arrays;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import reprise.dsl.law.Fit;
import reprise.dsl.law.FitPlan;
import reprise.dsl.law.Laws;
import reprise.dsl.law.Points;

/**
 * The time of 4500 starts and 4000 bootstrap refits of the Chinchilla law: {@code java -cp ..
 * reprise.kernel.analysis.FitBench}. 240 points like Besiroglu's (their constants, log noise of sd
 * .003 with every 20th point ten times as noisy), so it needs no data file.
 */
public final class FitBench {
  private FitBench() {}

  static Points points() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
    double[] truth = {482.01, 2085.43, 1.8172, .3478, .3658};
    double[] n = new double[240];
    double[] d = new double[240];
    double[] loss = new double[240];
    for (int i = 0; i < n.length; i++) {
      n[i] = Math.exp(random.nextDouble(Math.log(5e7), Math.log(1.5e10)));
      d[i] = Math.exp(random.nextDouble(Math.log(3e8), Math.log(3e11)));
      double sd = i % 20 == 0 ? .03 : .003;
      loss[i] = Laws.CHINCHILLA.predict(truth, n[i], d[i]) * Math.exp(sd * random.nextGaussian());
    }
    return Points.of(n, d, loss);
  }

  /** Three rounds, the first one cold. */
  public static void main(String[] arguments) {
    FitPlan plan = FitPlan.of(Laws.CHINCHILLA, points());
    int threads = Runtime.getRuntime().availableProcessors();
    for (int round = 1; round <= 3; round++) {
      double starts = seconds(plan.bootstrap(0, 0), threads);
      double both = seconds(plan.bootstrap(4000, 42), threads);
      System.out.printf(
          Locale.ROOT,
          "round %d, %d threads: %d starts %.2f s, with 4000 bootstraps %.2f s%n",
          round,
          threads,
          plan.starts().size(),
          starts,
          both);
    }
    Fit fit = Fitter.fit(plan.bootstrap(0, 0), threads);
    System.out.println(fit + " digest " + Arrays.hashCode(fit.values()));
  }

  private static double seconds(FitPlan plan, int threads) {
    long start = System.nanoTime();
    Fit fit = Fitter.fit(plan, threads);
    if (!fit.converged()) {
      throw new IllegalStateException("bench did not converge: " + fit);
    }
    return (System.nanoTime() - start) * 1e-9;
  }
}
