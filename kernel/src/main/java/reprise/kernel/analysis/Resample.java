package reprise.kernel.analysis;

import java.util.Arrays;

/**
 * Reproducible resampling: draw j of replicate i is a function of (seed, i, j) alone.
 *
 * <p>The generator is SplitMix64 (Steele, Lea, Flood 2014), its state started from a hash of seed
 * and replicate; a bounded draw is the high word of a 64 x n bit product (Lemire 2019).
 */
final class Resample {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private long state;

  Resample(long seed, long replicate) {
    state = mix(mix(seed + GOLDEN) ^ mix(~replicate * GOLDEN));
  }

  /** A draw from [0, n). */
  int below(int n) {
    state += GOLDEN;
    return (int) Math.unsignedMultiplyHigh(mix(state), n);
  }

  /** A standard normal draw (Box and Muller 1958). */
  double gaussian() {
    double u = (uniform() + 1) / (1L << 53); // in (0, 1]
    double v = uniform() / (1L << 53);
    return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v);
  }

  private double uniform() {
    state += GOLDEN;
    return mix(state) >>> 11;
  }

  /** How often each of n cases is drawn in n draws with replacement. */
  void counts(double[] counts) {
    Arrays.fill(counts, 0);
    for (int i = 0; i < counts.length; i++) {
      counts[below(counts.length)]++;
    }
  }

  private static long mix(long z) {
    long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
    return b ^ (b >>> 31);
  }
}
