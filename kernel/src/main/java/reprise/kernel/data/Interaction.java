package reprise.kernel.data;

import reprise.dsl.data.Corpus.Markov.Source;
import reprise.tensor.Philox;

/**
 * The interaction {@code G = U diag(sigma) V^T} of a Markov source: power-law singular values
 * {@code sigma_k ~ k^-0.75}, entries of unit mean square.
 */
final class Interaction {
  private static final double DECAY = 0.75;

  /** The golden ratio's fraction, to ten digits: the signs of the cosine source depend on them. */
  private static final double GOLDEN = 0.6180339887;

  private Interaction() {}

  /** G of size v by v. */
  static double[][] matrix(Source source, int v) {
    int rank = v - 1;
    double[][] left;
    double[][] right;
    switch (source) {
      case Source.Cosine c -> {
        left = cosines(v, 37, 11);
        right = cosines(v, 53, 29);
      }
      case Source.Random r -> {
        left = gaussians(v, rank, r.seed(), 1);
        right = gaussians(v, rank, r.seed(), 2);
      }
    }
    double[][] g = new double[v][v];
    for (int k = 1; k <= rank; k++) {
      double sigma = Math.pow(k, -DECAY);
      for (int i = 0; i < v; i++) {
        for (int j = 0; j < v; j++) {
          g[i][j] += left[i][k - 1] * sigma * right[j][k - 1];
        }
      }
    }
    double square = 0;
    for (double[] row : g) {
      for (double x : row) {
        square += x * x;
      }
    }
    double scale = v / Math.sqrt(square);
    for (double[] row : g) {
      for (int j = 0; j < v; j++) {
        row[j] *= scale;
      }
    }
    return g;
  }

  // U[i, k] = sqrt(2/V) cos(pi (a_i + .5) k / V) sgn_k, a_i = (m i + n) mod V,
  // sgn_k = + if frac(m k^2 golden) < .5
  private static double[][] cosines(int v, int m, int n) {
    double[][] u = new double[v][v - 1];
    for (int i = 0; i < v; i++) {
      int a = (m * i + n) % v;
      for (int k = 1; k < v; k++) {
        double phase = (double) m * k * k * GOLDEN;
        double sign = phase - Math.floor(phase) < 0.5 ? 1 : -1;
        u[i][k - 1] = Math.sqrt(2.0 / v) * Math.cos(Math.PI * (a + 0.5) * k / v) * sign;
      }
    }
    return u;
  }

  // Box-Muller on Philox words
  private static double[][] gaussians(int v, int rank, long seed, int stream) {
    double[][] x = new double[v][rank];
    int[] words = new int[4];
    for (int i = 0; i < v; i++) {
      for (int k = 0; k < rank; k++) {
        Philox.block(seed, i, k, stream, 0, words);
        double u = 1 - Philox.uniform(words[0]);
        x[i][k] = Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * Philox.uniform(words[1]));
      }
    }
    return x;
  }
}
