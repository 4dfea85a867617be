package reprise.kernel.sampling;

import java.util.Arrays;
import reprise.tensor.model.Sampler;
import reprise.tensor.reference.Truncation;

/** What a rule keeps of a distribution p, descending. Entropies in bits. */
final class Kept {
  private Kept() {}

  /** Probabilities of logits, descending. */
  static double[] descending(double[] logits) {
    double max = Arrays.stream(logits).max().orElseThrow();
    double[] p = Arrays.stream(logits).map(z -> Math.exp(z - max)).sorted().toArray();
    double total = Arrays.stream(p).sum();
    double[] descending = new double[p.length];
    Arrays.setAll(descending, i -> p[p.length - 1 - i] / total);
    return descending;
  }

  /** How many tokens the rule of the sampler that ships keeps. */
  static int count(Sampler sampler, double[] p) {
    return Truncation.kept(sampler.rule(), sampler.parameters()[1], sampler.memory(), p);
  }

  /** Entropy of the first n, renormalised: {@code log2 G - (1/G) sum p log2 p}, G their mass. */
  static double bits(double[] p, int n) {
    double mass = 0;
    double sum = 0;
    for (int i = 0; i < n; i++) {
      mass += p[i];
      sum += plogp(p[i]);
    }
    return Math.log(mass) / Math.log(2) - sum / mass;
  }

  /** {@code p log2 p}. */
  static double plogp(double p) {
    return p > 0 ? p * Math.log(p) / Math.log(2) : 0;
  }

  /**
   * The rule of the published program: tokens in order while {@code -sum p log2 p} of them, not
   * renormalised, is at most alpha times that of the hundred most probable.
   */
  static int releasedCount(double[] p, double alpha) {
    double whole = 0;
    for (int i = 0; i < Math.min(100, p.length); i++) {
      whole -= plogp(p[i]);
    }
    double partial = 0;
    for (int n = 0; n < p.length; n++) {
      partial -= plogp(p[n]);
      if (n > 0 && partial > alpha * whole) {
        return n;
      }
    }
    return p.length;
  }

  /** The largest mass of a subset whose renormalised entropy is within the bound. */
  static double bestMass(double[] p, double bound) {
    double best = p[0];
    for (int subset = 1; subset < 1 << p.length; subset++) {
      double mass = 0;
      double sum = 0;
      for (int i = 0; i < p.length; i++) {
        if ((subset >> i & 1) == 1) {
          mass += p[i];
          sum += plogp(p[i]);
        }
      }
      if (mass > best && Math.log(mass) / Math.log(2) - sum / mass <= bound) {
        best = mass;
      }
    }
    return best;
  }
}
