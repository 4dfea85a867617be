package reprise.kernel.walsh;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import reprise.dsl.walsh.WalshTrial;

/** {@code x[m] = sum_k X[k] (-1)^<m, k> + noise}, m and k words of n bits. */
final class Signal {
  private final int[] places;
  private final double[] heights;
  private final double[] noise;
  private final BitSet read;

  Signal(WalshTrial trial, SplittableRandom random) {
    int size = 1 << trial.bits();
    Map<Integer, Double> planted = new LinkedHashMap<>();
    while (planted.size() < trial.coefficients()) {
      planted.putIfAbsent(random.nextInt(size), random.nextBoolean() ? 1.0 : -1.0);
    }
    places = planted.keySet().stream().mapToInt(Integer::intValue).toArray();
    heights = planted.values().stream().mapToDouble(Double::doubleValue).toArray();
    read = new BitSet(size);
    double deviation = Math.sqrt(trial.variance());
    noise = new double[deviation > 0 ? size : 0];
    for (int m = 0; m < noise.length; m++) {
      noise[m] = deviation * random.nextGaussian();
    }
  }

  /** {@code (-1)^<m, k>}. */
  static int sign(int m, int k) {
    return 1 - 2 * (Integer.bitCount(m & k) & 1);
  }

  /** A sample without its noise. */
  double clean(int m) {
    double x = 0;
    for (int i = 0; i < places.length; i++) {
      x += heights[i] * sign(m, places[i]);
    }
    return x;
  }

  /** A sample; that it was read is remembered. */
  double sample(int m) {
    read.set(m);
    return clean(m) + (noise.length > 0 ? noise[m] : 0);
  }

  /** How many different samples were read. */
  int samplesRead() {
    return read.cardinality();
  }

  /** The planted coefficients. */
  Map<Integer, Double> planted() {
    Map<Integer, Double> all = new LinkedHashMap<>();
    for (int i = 0; i < places.length; i++) {
      all.put(places[i], heights[i]);
    }
    return all;
  }

  /** {@code U[j] = (1/B) sum_l u[l] (-1)^<l, j>} in place; returns the additions. */
  static long transform(double[] u) {
    long additions = 0;
    for (int half = 1; half < u.length; half *= 2) {
      for (int i = 0; i < u.length; i += 2 * half) {
        for (int j = i; j < i + half; j++) {
          double a = u[j];
          double b = u[j + half];
          u[j] = a + b;
          u[j + half] = a - b;
          additions += 2;
        }
      }
    }
    for (int j = 0; j < u.length; j++) {
      u[j] /= u.length;
    }
    return additions;
  }
}
