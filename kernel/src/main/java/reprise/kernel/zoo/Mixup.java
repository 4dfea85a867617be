package reprise.kernel.zoo;

import reprise.tensor.Philox;

/** Examples mixed in pairs (Zhang et al. 2018, 1710.09412), the same for every model. */
final class Mixup {
  private static final long SEED = 11;
  private static final int STREAM = 51;

  private Mixup() {}

  /**
   * Rows {@code lambda x_i + (1 - lambda) x_j} with lambda from Beta(alpha, alpha), i and j drawn
   * from the training set.
   */
  static float[] rows(ZooExamples examples, int rows, int alpha) {
    int d = examples.features();
    float[] out = new float[rows * d];
    int[] words = new int[4];
    for (int r = 0; r < rows; r++) {
      Philox.block(SEED, r, 0, STREAM, 0, words);
      int i = (int) (((words[0] & 0xFFFFFFFFL) * examples.train()) >>> 32) * d;
      int j = (int) (((words[1] & 0xFFFFFFFFL) * examples.train()) >>> 32) * d;
      // a Beta of whole parameters from sums of exponentials
      double a = gamma(r, 1, alpha);
      double lambda = a / (a + gamma(r, 2, alpha));
      for (int k = 0; k < d; k++) {
        float[] x = examples.trainX();
        out[r * d + k] = (float) (lambda * x[i + k] + (1 - lambda) * x[j + k]);
      }
    }
    return out;
  }

  private static double gamma(int row, int which, int alpha) {
    int[] words = new int[4];
    double sum = 0;
    for (int k = 0; k < alpha; k++) {
      Philox.block(SEED, row, k, STREAM + which, 0, words);
      sum -= Math.log(1 - Philox.uniform(words[0]));
    }
    return sum;
  }
}
