package reprise.kernel.attention;

import reprise.dsl.attention.EntropyFloor;

/**
 * Attention at one moment of a run.
 *
 * @param mean entropy, nats, mean over the heads of each block
 * @param least the same of the head with the least
 * @param margin entropy of a row less its bound, the least of all rows
 */
record Look(float[] mean, float[] least, float margin) {
  /**
   * Of scores before the mask.
   *
   * @param scores of each block, [B, H, T, T]; row i may see its first i + 1
   * @param heads H
   * @param positions T
   */
  static Look of(float[][] scores, int heads, int positions) {
    float[] mean = new float[scores.length];
    float[] least = new float[scores.length];
    EntropyFloor[] floors = new EntropyFloor[positions];
    for (int i = 0; i < positions; i++) {
      floors[i] = new EntropyFloor(i + 1);
    }
    double margin = Double.POSITIVE_INFINITY;
    for (int l = 0; l < scores.length; l++) {
      int windows = scores[l].length / (heads * positions * positions);
      double[] each = new double[heads];
      for (int b = 0; b < windows; b++) {
        for (int h = 0; h < heads; h++) {
          for (int i = 0; i < positions; i++) {
            int from = ((b * heads + h) * positions + i) * positions;
            double[] seen = new double[i + 1];
            for (int j = 0; j <= i; j++) {
              seen[j] = scores[l][from + j];
            }
            double entropy = EntropyFloor.entropy(seen);
            each[h] += entropy / (windows * positions);
            margin = Math.min(margin, entropy - floors[i].at(EntropyFloor.norm(seen)));
          }
        }
      }
      double sum = 0;
      double low = Double.POSITIVE_INFINITY;
      for (double e : each) {
        sum += e;
        low = Math.min(low, e);
      }
      mean[l] = (float) (sum / heads);
      least[l] = (float) low;
    }
    return new Look(mean, least, (float) margin);
  }

  /** As numbers to keep. */
  float[] numbers() {
    float[] all = new float[2 * mean.length + 1];
    System.arraycopy(mean, 0, all, 0, mean.length);
    System.arraycopy(least, 0, all, mean.length, mean.length);
    all[2 * mean.length] = margin;
    return all;
  }

  /** From {@link #numbers}. */
  static Look of(float... numbers) {
    int blocks = (numbers.length - 1) / 2;
    return new Look(
        java.util.Arrays.copyOf(numbers, blocks),
        java.util.Arrays.copyOfRange(numbers, blocks, 2 * blocks),
        numbers[2 * blocks]);
  }
}
