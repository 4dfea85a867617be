package reprise.kernel.zoo;

import reprise.dsl.zoo.ZooData;
import reprise.tensor.Philox;

/**
 * Signals of MNIST-1D (Greydanus and Kobak 2024, 2011.14439, section 2): a template of twelve
 * points a digit, padded, stretched, shifted around, with smooth and white noise and a shear,
 * resampled to 40 points; constants are those of the authors' code.
 */
final class Mnist1d {
  private static final long SEED = 42;
  private static final int STREAM = 31;
  private static final int LENGTH = 72;
  private static final int POINTS = 40;
  private static final int LARGEST_SHIFT = 48;
  private static final double[][] TEMPLATES = {
    {5, 6, 6.5, 6.75, 7, 7, 7, 7, 6.75, 6.5, 6, 5},
    {5, 3, 3, 3.4, 3.8, 4.2, 4.6, 5, 5.4, 5.8, 5, 5},
    {5, 6, 6.5, 6.5, 6, 5.25, 4.75, 4, 3.5, 3.5, 4, 5},
    {5, 6, 6.5, 6.5, 6, 5, 5, 6, 6.5, 6.5, 6, 5},
    {5, 4.4, 3.8, 3.2, 2.6, 2.6, 5, 5, 5, 5, 5, 5},
    {5, 3, 3, 3, 3, 5, 6, 6.5, 6.5, 6, 4.5, 5},
    {5, 4, 3.5, 3.25, 3, 3, 3, 3, 3.25, 3.5, 4, 5},
    {5, 7, 7, 6.6, 6.2, 5.8, 5.4, 5, 4.6, 4.2, 5, 5},
    {5, 4, 3.5, 3.5, 4, 5, 5, 4, 3.5, 3.5, 4, 5},
    {5, 4, 3.5, 3.5, 4, 5, 5, 5, 5, 4.7, 4.3, 5}
  };

  private Mnist1d() {}

  static ZooExamples generate(ZooData.Mnist1d data) {
    int n = data.train() + data.test();
    float[] x = new float[n * POINTS];
    int[] y = new int[n];
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      y[i] = i / (n / data.classes());
      double[] signal = signal(y[i], new Draws(i));
      for (int k = 0; k < POINTS; k++) {
        x[i * POINTS + k] = (float) signal[k];
        sum += signal[k];
        squares += signal[k] * signal[k];
      }
    }
    double mean = sum / x.length;
    double deviation = Math.sqrt(squares / x.length - mean * mean);
    for (int k = 0; k < x.length; k++) {
      x[k] = (float) ((x[k] - mean) / deviation);
    }
    return ZooExamples.split(x, y, data.classes(), data.train(), SEED);
  }

  private static double[] signal(int digit, Draws draws) {
    double[] template = template(digit);
    int padding = 36 + (int) (draws.uniform() * 25);
    double[] padded = new double[template.length + padding];
    for (int i = 0; i < template.length; i++) {
      padded[i] = template[i] + 1e-8;
    }
    double[] stretched = resampled(padded, LENGTH);
    double scale = 1 + 0.4 * (draws.uniform() - 0.5);
    int shift = (int) (draws.uniform() * LARGEST_SHIFT);
    double[] smooth = smoothed(draws.normals(LENGTH, 0.25), 2);
    double[] white = draws.normals(LENGTH, 0.02);
    double shear = 0.75 * (draws.uniform() - 0.5);
    double[] out = new double[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      double value = scale * stretched[Math.floorMod(i - shift, LENGTH)];
      double filled = value == 0 ? smooth[i] : value;
      out[i] = filled + white[i] - shear * (i / (LENGTH - 1.0) - 0.5);
    }
    return resampled(out, POINTS);
  }

  // (t - mean)/deviation, from 0, over 6
  private static double[] template(int digit) {
    double[] t = TEMPLATES[digit].clone();
    double mean = java.util.Arrays.stream(t).average().orElseThrow();
    double square = 0;
    for (double v : t) {
      square += (v - mean) * (v - mean) / t.length;
    }
    double first = t[0];
    for (int i = 0; i < t.length; i++) {
      t[i] = (t[i] - first) / Math.sqrt(square) / 6;
    }
    return t;
  }

  /** Linear interpolation over the whole range. */
  private static double[] resampled(double[] x, int points) {
    double[] out = new double[points];
    for (int i = 0; i < points; i++) {
      double at = i * (x.length - 1.0) / (points - 1);
      int left = Math.min((int) at, x.length - 2);
      double share = at - left;
      out[i] = x[left] * (1 - share) + x[left + 1] * share;
    }
    return out;
  }

  /** A Gaussian filter cut at four deviations, mirrored at the ends with the end repeated. */
  private static double[] smoothed(double[] x, int deviation) {
    int radius = 4 * deviation;
    double[] kernel = new double[2 * radius + 1];
    double total = 0;
    for (int k = -radius; k <= radius; k++) {
      kernel[k + radius] = Math.exp(-0.5 * k * k / deviation / deviation);
      total += kernel[k + radius];
    }
    double[] out = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      for (int k = -radius; k <= radius; k++) {
        int at = i + k;
        at = at < 0 ? -at - 1 : at >= x.length ? 2 * x.length - 1 - at : at;
        out[i] += x[at] * kernel[k + radius] / total;
      }
    }
    return out;
  }

  /** Random numbers of one example. */
  private static final class Draws {
    private final int example;
    private final int[] words = new int[4];
    private int block;

    Draws(int example) {
      this.example = example;
    }

    private void next() {
      Philox.block(SEED, example, block++, STREAM, 0, words);
    }

    double uniform() {
      next();
      return Philox.uniform(words[0]);
    }

    // Box and Muller
    double[] normals(int n, double deviation) {
      double[] out = new double[n];
      for (int i = 0; i < n; i++) {
        next();
        double radius = Math.sqrt(-2 * Math.log(1 - Philox.uniform(words[0])));
        out[i] = deviation * radius * Math.cos(2 * Math.PI * Philox.uniform(words[1]));
      }
      return out;
    }
  }
}
