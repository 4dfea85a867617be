package reprise.kernel.sampling;

/**
 * The first form of Mirostat (Basu et al. 2021, algorithm 1): the exponent of Zipf's law from the
 * most probable tokens, and from it how many tokens have a mean surprise of mu bits.
 */
final class ZipfEstimate {
  private static final int FITTED = 100;
  private static final double NEARLY_ONE = 1e-4;

  private ZipfEstimate() {}

  /**
   * {@code s = sum t_i b_i / sum t_i^2} over the hundred most probable tokens, {@code t_i = ln((i +
   * 2) / (i + 1))}, {@code b_i = ln(p_i / p_(i+1))}, i from 0.
   *
   * @param logP logarithms of probabilities, descending, at least 101
   */
  static double exponent(float[] logP) {
    double tb = 0;
    double tt = 0;
    for (int i = 0; i < FITTED; i++) {
      double t = Math.log((i + 2.0) / (i + 1.0));
      tb += t * (logP[i] - logP[i + 1]);
      tt += t * t;
    }
    return tb / tt;
  }

  /**
   * {@code k = (e 2^mu / (1 - N^-e))^(1/s)}, e = s - 1, rounded; the published program draws from
   * one token more, so never from none.
   */
  static int count(double s, double mu, int vocabulary) {
    double e = Math.abs(s - 1) < NEARLY_ONE ? NEARLY_ONE : s - 1;
    double k = Math.pow(e * Math.pow(2, mu) / (1 - Math.pow(vocabulary, -e)), 1 / s);
    return k >= vocabulary ? vocabulary : (int) Math.min(Math.round(k) + 1, vocabulary);
  }
}
