package reprise.kernel.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static reprise.dsl.law.Laws.CHINCHILLA;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.dsl.law.Fit;
import reprise.dsl.law.FitPlan;
import reprise.dsl.law.Samples;
import reprise.dsl.law.StartGrid;

@Tag("unit")
class BootstrapTest {
  private static FitPlan plan() {
    double[] near = CHINCHILLA.theta(482, 2085, 1.8172, .3478, .3658);
    return FitPlan.of(CHINCHILLA, FitBench.points()).starts(StartGrid.at(CHINCHILLA, near));
  }

  @Test
  void theNumberOfThreadsDoesNotMatter() {
    FitPlan plan = plan().starts(ChinchillaRefitTest.coarse()).bootstrap(50, 42);
    Fit one = Fitter.fit(plan, 1);
    Fit three = Fitter.fit(plan, 3);
    assertThat(three.values()).containsExactly(one.values());
    assertThat(three.samples()).isEqualTo(one.samples());
    assertThat(three.constants()).isEqualTo(one.constants());
  }

  @Test
  void theSeedDecidesAndAPrefixStays() {
    Samples fifty = Fitter.fit(plan().bootstrap(50, 42)).samples();
    Samples twenty = Fitter.fit(plan().bootstrap(20, 42)).samples();
    Samples other = Fitter.fit(plan().bootstrap(20, 43)).samples();
    assertThat(fifty.constants()[19]).containsExactly(twenty.constants()[19]);
    assertThat(other.constants()[0]).isNotEqualTo(twenty.constants()[0]);
  }

  @Test
  void drawsAreUniform() {
    double[] counts = new double[240];
    double[] total = new double[240];
    for (int replicate = 0; replicate < 4000; replicate++) {
      new Resample(42, replicate).counts(counts);
      double sum = 0;
      for (int i = 0; i < counts.length; i++) {
        total[i] += counts[i];
        sum += counts[i];
      }
      assertThat(sum).isEqualTo(240);
    }
    // chi-square over 240 cells of 4000 expected draws: 239 degrees of freedom, sd 21.9
    double chi = 0;
    for (double t : total) {
      chi += (t - 4000) * (t - 4000) / 4000;
    }
    assertThat(chi).isBetween(239 - 4 * 21.9, 239 + 4 * 21.9);
  }

  /** The very resamples of Besiroglu's notebook: numpy.random.seed(42), choice(indices, 240). */
  @Test
  void numpysResamplesGiveThePublishedStandardErrors() {
    Mt19937 numpy = new Mt19937(42);
    assertThat(new Mt19937(42).below(100)).isEqualTo(51); // numpy.random.randint(0, 100)
    FitPlan plan = FitPlan.of(CHINCHILLA, Published.epoch().drop(5));
    var residuals = new Residuals(plan, 1e-3, 1e-6);
    double[] optimum = CHINCHILLA.theta(477.82587, 2143.41736, 1.8172181, .3473105, .36717243);
    double[][] replicates = new double[4000][];
    double[] counts = new double[240];
    Lbfgs search = new Lbfgs(10, 400, 1e-6, 1e-11, 0);
    for (int i = 0; i < replicates.length; i++) {
      java.util.Arrays.fill(counts, 0);
      for (int draw = 0; draw < 240; draw++) {
        counts[numpy.below(240)]++;
      }
      replicates[i] =
          CHINCHILLA.constants(search.minimise(residuals.weighted(counts), optimum).x());
    }
    // notebook: 124.52 1293.28 .02566 .01540 .02060
    double[] expected = {124.52, 1293.28, .02566, .01540, .02060};
    for (int j = 0; j < 5; j++) {
      int constant = j;
      double[] values = new Samples(replicates).of(c -> c[constant]);
      double mean = java.util.Arrays.stream(values).average().orElseThrow();
      double variance =
          java.util.Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / 4000;
      assertThat(Math.sqrt(variance) / expected[j])
          .as(CHINCHILLA.constantNames().get(j))
          .isCloseTo(1, within(.005));
    }
  }

  /** numpy's legacy generator: MT19937 seeded by init_genrand, bounded by masked rejection. */
  private static final class Mt19937 {
    private final int[] state = new int[624];
    private int at = 624;

    Mt19937(int seed) {
      state[0] = seed;
      for (int i = 1; i < 624; i++) {
        state[i] = 1812433253 * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
      }
    }

    int below(int n) {
      int mask = Integer.highestOneBit(n - 1) * 2 - 1;
      while (true) {
        int draw = next() & mask;
        if (draw < n) {
          return draw;
        }
      }
    }

    private int next() {
      if (at == 624) {
        for (int i = 0; i < 624; i++) {
          int y = (state[i] & 0x80000000) | (state[(i + 1) % 624] & 0x7fffffff);
          int twist = (y & 1) == 0 ? 0 : 0x9908b0df;
          state[i] = state[(i + 397) % 624] ^ (y >>> 1) ^ twist;
        }
        at = 0;
      }
      int y = state[at++];
      y ^= y >>> 11;
      y ^= (y << 7) & 0x9d2c5680;
      y ^= (y << 15) & 0xefc60000;
      return y ^ (y >>> 18);
    }
  }
}
