package reprise.tensor.curvature;

/**
 * An estimated trace.
 *
 * @param value mean over probes
 * @param standardError of the mean; NaN for one probe
 * @param probes number of samples
 */
public record Trace(double value, double standardError, int probes) {
  static Trace of(double[] samples) {
    double mean = 0;
    for (double x : samples) {
      mean += x / samples.length;
    }
    double square = 0;
    for (double x : samples) {
      square += (x - mean) * (x - mean);
    }
    int n = samples.length;
    return new Trace(mean, Math.sqrt(square / (n - 1.0) / n), n);
  }
}
