package reprise.kernel.walsh;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import reprise.dsl.walsh.WalshTrial;

/**
 * Recovery by peeling (Li et al. 2015, sections 3 to 5). A group hashes places to bins by some of
 * their bits: {@code U_d[j] = sum over k in bin j of X[k] (-1)^<d, k>} at offset d. A bin with one
 * coefficient shows its place, bit by bit, in the signs at offsets that differ in that bit.
 */
final class Peeling {
  private static final int ROUNDS = 40;
  private static final double NO_NOISE = 1e-9;
  private static final double NOISE_FACTOR = 1.6;
  private static final double NOISE_FLOOR = 0.2;

  private final WalshTrial trial;
  private final int bins;
  private final double limit;

  /** By vote and then bit; the first of a vote is the random offset itself. */
  private final int[] offsets;

  /** By group, bin and offset. */
  private final double[][][] seen;

  private final Map<Integer, Double> found = new HashMap<>();
  private long additions;

  Peeling(WalshTrial trial, Signal signal, SplittableRandom random) {
    this.trial = trial;
    bins = 1 << trial.binBits();
    limit = trial.variance() > 0 ? NOISE_FACTOR * trial.variance() / bins + NOISE_FLOOR : NO_NOISE;
    int each = trial.bits() + 1;
    offsets = new int[trial.votes() * each];
    for (int p = 0; p < trial.votes(); p++) {
      int offset = trial.variance() > 0 ? random.nextInt(1 << trial.bits()) : 0;
      for (int i = 0; i <= trial.bits(); i++) {
        offsets[p * each + i] = i == 0 ? offset : offset ^ (1 << (i - 1));
      }
    }
    seen = new double[WalshTrial.GROUPS][bins][offsets.length];
    for (int c = 0; c < WalshTrial.GROUPS; c++) {
      for (int d = 0; d < offsets.length; d++) {
        double[] u = new double[bins];
        for (int l = 0; l < bins; l++) {
          u[l] = signal.sample(spread(c, l) ^ offsets[d]);
        }
        additions += Signal.transform(u);
        for (int j = 0; j < bins; j++) {
          seen[c][j][d] = u[j];
        }
      }
    }
  }

  // the i-th bit of a bin's number stands at place (c b + i) mod n
  private int spread(int group, int bin) {
    int word = 0;
    for (int i = 0; i < trial.binBits(); i++) {
      word |= (bin >> i & 1) << place(group, i);
    }
    return word;
  }

  private int bin(int group, int k) {
    int bin = 0;
    for (int i = 0; i < trial.binBits(); i++) {
      bin |= (k >> place(group, i) & 1) << i;
    }
    return bin;
  }

  private int place(int group, int i) {
    return (group * trial.binBits() + i) % trial.bits();
  }

  /** All coefficients that were found, by place. */
  Map<Integer, Double> recover() {
    boolean more = true;
    for (int round = 0; round < ROUNDS && more; round++) {
      more = false;
      for (int c = 0; c < WalshTrial.GROUPS; c++) {
        for (int j = 0; j < bins; j++) {
          more |= peel(c, j);
        }
      }
    }
    return found;
  }

  long additions() {
    return additions;
  }

  /** Takes the coefficient of a bin that holds just one out of all groups. */
  private boolean peel(int group, int bin) {
    double[] u = seen[group][bin];
    if (energy(u) <= limit) {
      return false;
    }
    int k = locate(u);
    if (bin(group, k) != bin) {
      return false;
    }
    double mean = 0;
    for (int d = 0; d < u.length; d++) {
      mean += u[d] * Signal.sign(offsets[d], k) / u.length;
    }
    double height = Math.signum(mean);
    double rest = 0;
    for (int d = 0; d < u.length; d++) {
      double left = u[d] - height * Signal.sign(offsets[d], k);
      rest += left * left / u.length;
    }
    additions += 4L * u.length;
    if (rest > limit || found.containsKey(k)) {
      return false;
    }
    found.put(k, height);
    for (int c = 0; c < WalshTrial.GROUPS; c++) {
      double[] all = seen[c][bin(c, k)];
      for (int d = 0; d < all.length; d++) {
        all[d] -= height * Signal.sign(offsets[d], k);
      }
      additions += all.length;
    }
    return true;
  }

  private double energy(double[] u) {
    double sum = 0;
    for (double v : u) {
      sum += v * v;
    }
    additions += u.length;
    return sum / u.length;
  }

  /** Each bit by the majority of the votes whose sign it changes. */
  private int locate(double[] u) {
    int each = trial.bits() + 1;
    int k = 0;
    for (int i = 0; i < trial.bits(); i++) {
      int changed = 0;
      for (int p = 0; p < trial.votes(); p++) {
        changed += u[p * each] * u[p * each + i + 1] < 0 ? 1 : 0;
      }
      k |= 2 * changed > trial.votes() ? 1 << i : 0;
    }
    additions += u.length;
    return k;
  }
}
