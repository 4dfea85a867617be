package reprise.kernel.sparsity;

import java.util.Arrays;

/**
 * What dropping small neurons of one feed-forward block costs, over many tokens: {@code CETT(eps) =
 * mean over tokens of |sum of n_i with |n_i| < eps| / |sum of all n_i|} (arXiv 2411.02335, section
 * 4.1), a step function of eps that is held whole.
 *
 * <p>h: values of m neurons for each of T tokens; W: rows of the last matrix, m x d; n_i = h_i W_i.
 */
final class TailTruncation {
  /** |n_i| of all tokens and neurons, ascending; T m of them. */
  private final float[] norms;

  /** The largest CETT of dropping up to this one; made to rise where the error once falls. */
  private final float[] errors;

  /** Neurons whose value is exactly zero. */
  private final int zeros;

  private TailTruncation(float[] norms, float[] errors, int zeros) {
    this.norms = norms;
    this.errors = errors;
    this.zeros = zeros;
  }

  /**
   * Measures a block.
   *
   * @param values h, [T, m]
   * @param rows W, [m, d]
   * @param width m
   */
  static TailTruncation of(float[] values, float[] rows, int width) {
    int d = rows.length / width;
    int tokens = values.length / width;
    double[] lengths = new double[width];
    for (int i = 0; i < width; i++) {
      double sum = 0;
      for (int j = i * d; j < (i + 1) * d; j++) {
        sum += (double) rows[j] * rows[j];
      }
      lengths[i] = Math.sqrt(sum);
    }
    // upper half: bits of |n_i|, which order as the number does; lower half: what it adds to CETT
    long[] events = new long[values.length];
    long[] order = new long[width];
    double[] sum = new double[d];
    double[] errors = new double[width];
    for (int t = 0; t < tokens; t++) {
      int from = t * width;
      for (int i = 0; i < width; i++) {
        float norm = (float) (Math.abs(values[from + i]) * lengths[i]);
        order[i] = (long) Float.floatToIntBits(norm) << 32 | i;
      }
      Arrays.sort(order);
      Arrays.fill(sum, 0);
      for (int k = 0; k < width; k++) {
        int i = (int) order[k];
        errors[k] = add(sum, values[from + i], rows, i * d);
      }
      double whole = errors[width - 1];
      double before = 0;
      for (int k = 0; k < width; k++) {
        double now = whole == 0 ? 0 : errors[k] / whole;
        int added = Float.floatToIntBits((float) (now - before));
        events[from + k] = order[k] & 0xffffffff00000000L | added & 0xffffffffL;
        before = now;
      }
    }
    return of(events, tokens);
  }

  /** Adds a neuron to the sum of the dropped ones and returns the sum's norm. */
  private static double add(double[] sum, double value, float[] rows, int row) {
    double squares = 0;
    for (int j = 0; j < sum.length; j++) {
      sum[j] += value * rows[row + j];
      squares += sum[j] * sum[j];
    }
    return Math.sqrt(squares);
  }

  private static TailTruncation of(long[] events, int tokens) {
    Arrays.sort(events);
    float[] norms = new float[events.length];
    float[] errors = new float[events.length];
    double error = 0;
    double most = 0;
    int zeros = 0;
    for (int k = 0; k < events.length; k++) {
      norms[k] = Float.intBitsToFloat((int) (events[k] >>> 32));
      error += Float.intBitsToFloat((int) events[k]);
      most = Math.max(most, error / tokens);
      errors[k] = (float) most;
      zeros += norms[k] == 0 ? 1 : 0;
    }
    return new TailTruncation(norms, errors, zeros);
  }

  /** eps: the largest threshold whose CETT is at most this; above 0, so that zeros are dropped. */
  double threshold(double cett) {
    int kept = Math.min(kept(cett), norms.length - 1);
    return Math.max(norms[kept], Float.MIN_VALUE);
  }

  /** Share of neurons that are not dropped at this CETT. */
  double ratio(double cett) {
    double eps = threshold(cett);
    int kept = Math.max(zeros, kept(cett));
    // neurons as large as the threshold are kept
    while (kept > zeros && norms[Math.min(kept, norms.length) - 1] >= eps) {
      kept--;
    }
    return (double) (norms.length - kept) / norms.length;
  }

  /** Share of neurons whose value is not exactly zero. */
  double nonZero() {
    return (double) (norms.length - zeros) / norms.length;
  }

  /** The first neuron, in order of size, that cannot be dropped. */
  private int kept(double cett) {
    int low = 0;
    int high = errors.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (errors[middle] > cett) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
