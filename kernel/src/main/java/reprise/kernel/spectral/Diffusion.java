package reprise.kernel.spectral;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import reprise.kernel.study.Matrices;
import reprise.tensor.Backend;

/**
 * Diffusion between points x_i: {@code G_ij = exp(-|x_i - x_j|^2 / (2 sigma^2))}, {@code K = D^-1/2
 * G D^-1/2} with D the row sums of G (Liao et al. 2023, section 3, as their program has it).
 */
final class Diffusion {
  private static final int REPEATS = 5;

  private Diffusion() {}

  /** Absolute eigenvalues of K. */
  static double[] spectrum(Backend backend, double[][] points, double sigma) {
    int n = points.length;
    double[][] k = new double[n][n];
    double[] rows = new double[n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        k[i][j] = Math.exp(-squared(points[i], points[j]) / (2 * sigma * sigma));
        rows[i] += k[i][j];
      }
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        k[i][j] /= Math.sqrt(rows[i] * rows[j]);
      }
    }
    return Arrays.stream(Matrices.eigenvalues(backend, k)).map(Math::abs).toArray();
  }

  private static double squared(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return sum;
  }

  /** {@code -sum p log2 p}, {@code p = lambda^t / sum lambda^t}. */
  static double entropy(double[] spectrum, int t) {
    double[] powers = Arrays.stream(spectrum).map(l -> Math.pow(l, t)).toArray();
    double total = Arrays.stream(powers).sum();
    return Arrays.stream(powers)
        .map(v -> v / total)
        .filter(p -> p > 0)
        .map(p -> -p * Math.log(p) / Math.log(2))
        .sum();
  }

  /**
   * {@code sum_y p(y) (DSE(random subset of the size of y) - DSE(points of y))}, five subsets each,
   * t = 1.
   */
  static double information(
      Backend backend, double[][] points, int[] labels, double sigma, SplittableRandom random) {
    double sum = 0;
    int classes = Arrays.stream(labels).max().orElseThrow() + 1;
    for (int y = 0; y < classes; y++) {
      List<double[]> own = new ArrayList<>();
      for (int i = 0; i < points.length; i++) {
        if (labels[i] == y) {
          own.add(points[i]);
        }
      }
      double any = 0;
      for (int repeat = 0; repeat < REPEATS; repeat++) {
        double[][] subset = subset(points, own.size(), random);
        any += entropy(spectrum(backend, subset, sigma), 1) / REPEATS;
      }
      double known = entropy(spectrum(backend, own.toArray(double[][]::new), sigma), 1);
      sum += (double) own.size() / points.length * (any - known);
    }
    return sum;
  }

  private static double[][] subset(double[][] points, int size, SplittableRandom random) {
    double[][] all = points.clone();
    for (int i = 0; i < size; i++) {
      int other = i + random.nextInt(all.length - i);
      double[] kept = all[i];
      all[i] = all[other];
      all[other] = kept;
    }
    return Arrays.copyOf(all, size);
  }
}
