package reprise.kernel.zoo;

import reprise.dsl.zoo.LabelNoise;
import reprise.tensor.Philox;

/**
 * Examples in memory, rows of f32.
 *
 * @param features numbers in one example
 * @param classes number of labels
 * @param trainX [train, features]
 * @param trainY [train]
 * @param testX [test, features]
 * @param testY [test]
 */
public record ZooExamples(
    int features, int classes, float[] trainX, int[] trainY, float[] testX, int[] testY) {
  private static final int NOISE_STREAM = 21;
  private static final long NOISE_SEED = 77;

  /** Training examples. */
  public int train() {
    return trainY.length;
  }

  /** Test examples. */
  public int test() {
    return testY.length;
  }

  /** The first examples of the training set, [n, features]. */
  float[] firstTrain(int n) {
    return java.util.Arrays.copyOf(trainX, n * features);
  }

  /** The same with a share of the training labels drawn at random, the same for every seed. */
  ZooExamples noisy(LabelNoise noise) {
    if (noise.share() == 0) {
      return this;
    }
    int[] labels = trainY.clone();
    int[] words = new int[4];
    for (int i = 0; i < labels.length; i++) {
      Philox.block(NOISE_SEED, i, 0, NOISE_STREAM, 0, words);
      if (Philox.uniform(words[0]) < noise.share()) {
        labels[i] = (int) (Philox.uniform(words[1]) * classes);
      }
    }
    return new ZooExamples(features, classes, trainX, labels, testX, testY);
  }

  /** Rows and labels in a random order by counter, the first {@code train} of them for training. */
  static ZooExamples split(float[] x, int[] y, int classes, int train, long seed) {
    int n = y.length;
    int features = x.length / n;
    int[] order = shuffled(n, seed);
    float[] sortedX = new float[x.length];
    int[] sortedY = new int[n];
    for (int i = 0; i < n; i++) {
      System.arraycopy(x, order[i] * features, sortedX, i * features, features);
      sortedY[i] = y[order[i]];
    }
    return new ZooExamples(
        features,
        classes,
        java.util.Arrays.copyOf(sortedX, train * features),
        java.util.Arrays.copyOf(sortedY, train),
        java.util.Arrays.copyOfRange(sortedX, train * features, n * features),
        java.util.Arrays.copyOfRange(sortedY, train, n));
  }

  /** Fisher and Yates by counter. */
  static int[] shuffled(int n, long seed) {
    int[] order = new int[n];
    int[] words = new int[4];
    for (int i = 0; i < n; i++) {
      Philox.block(seed, i, 0, NOISE_STREAM + 1, 0, words);
      int j = (int) (((words[0] & 0xFFFFFFFFL) * (i + 1)) >>> 32);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
