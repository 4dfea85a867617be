package reprise.kernel.zoo;

/**
 * Linear centred kernel alignment of two outputs on the same examples (Kornblith et al. 2019,
 * 1905.00414, equation 4).
 */
public final class LinearCka {
  private LinearCka() {}

  /**
   * {@code |Y'X|^2 / (|X'X| |Y'Y|)} in Frobenius norms with centred columns; NaN where either
   * output is the same for all examples.
   *
   * @param x [n, k], row-major
   * @param y [n, k]
   * @param n examples
   */
  public static double of(double[] x, double[] y, int n) {
    double[] a = centred(x, n);
    double[] b = centred(y, n);
    return product(b, a, n) / Math.sqrt(product(a, a, n) * product(b, b, n));
  }

  /**
   * The mean over batches of that many examples; what is left over is not used.
   *
   * @throws IllegalArgumentException with fewer examples than a batch
   */
  public static double batched(double[] x, double[] y, int n, int batch) {
    if (n < batch) {
      throw new IllegalArgumentException(
          "similarity needs a batch of " + batch + " examples, got " + n);
    }
    int k = x.length / n;
    int batches = n / batch;
    double sum = 0;
    for (int i = 0; i < batches; i++) {
      int from = i * batch * k;
      int to = from + batch * k;
      sum +=
          of(
              java.util.Arrays.copyOfRange(x, from, to),
              java.util.Arrays.copyOfRange(y, from, to),
              batch);
    }
    return sum / batches;
  }

  private static double[] centred(double[] x, int n) {
    int k = x.length / n;
    double[] out = x.clone();
    for (int c = 0; c < k; c++) {
      double mean = 0;
      for (int i = 0; i < n; i++) {
        mean += x[i * k + c] / n;
      }
      for (int i = 0; i < n; i++) {
        out[i * k + c] -= mean;
      }
    }
    return out;
  }

  /** |B'A|_F^2. */
  private static double product(double[] b, double[] a, int n) {
    int ka = a.length / n;
    int kb = b.length / n;
    double[] m = new double[ka * kb];
    for (int i = 0; i < n; i++) {
      for (int q = 0; q < kb; q++) {
        double factor = b[i * kb + q];
        for (int p = 0; p < ka; p++) {
          m[q * ka + p] += factor * a[i * ka + p];
        }
      }
    }
    double square = 0;
    for (double v : m) {
      square += v * v;
    }
    return square;
  }

  /** Softmax of every row of logits [n, k]. */
  public static double[] softmax(float[] logits, int k) {
    double[] out = new double[logits.length];
    for (int row = 0; row < logits.length; row += k) {
      double max = Double.NEGATIVE_INFINITY;
      for (int c = 0; c < k; c++) {
        max = Math.max(max, logits[row + c]);
      }
      double sum = 0;
      for (int c = 0; c < k; c++) {
        out[row + c] = Math.exp(logits[row + c] - max);
        sum += out[row + c];
      }
      for (int c = 0; c < k; c++) {
        out[row + c] /= sum;
      }
    }
    return out;
  }

  /** The same numbers in double. */
  static double[] wide(float[] x) {
    double[] out = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      out[i] = x[i];
    }
    return out;
  }
}
