package reprise.kernel.analysis;

/** Tail probabilities that fits and tests need. */
final class Normal {
  private Normal() {}

  /** x with P(Z &lt;= x) = q for a standard normal Z: Newton on the incomplete gamma function. */
  static double quantile(double q) {
    if (q < .5) {
      return -quantile(1 - q);
    }
    double x = 1;
    for (int i = 0; i < 60; i++) {
      double tail = .5 * Gamma.upper(.5, x * x / 2);
      double density = Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
      double step = (tail - (1 - q)) / density;
      x += Math.clamp(step, -1, 1);
      if (Math.abs(step) < 1e-13) {
        break;
      }
    }
    return x;
  }
}
