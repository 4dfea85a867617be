package reprise.kernel.analysis;

/** The regularised incomplete gamma function Q(a, x), for chi-square and normal tails. */
final class Gamma {
  private Gamma() {}

  /** Q(a, x) = Gamma(a, x)/Gamma(a), for a a multiple of 1/2, x &gt;= 0. */
  static double upper(double a, double x) {
    if (x <= 0) {
      return 1;
    }
    double front = Math.exp(-x + a * Math.log(x) - logGamma(a));
    if (x < a + 1) {
      // series of P(a, x): sum_k x^k / (a (a+1) .. (a+k))
      double term = 1 / a;
      double sum = term;
      for (int k = 1; k < 1000 && term > 1e-17 * sum; k++) {
        term *= x / (a + k);
        sum += term;
      }
      return 1 - front * sum;
    }
    // continued fraction of Q(a, x), evaluated by Lentz's method
    double b = x + 1 - a;
    double c = 1e300;
    double d = 1 / b;
    double h = d;
    for (int k = 1; k < 1000; k++) {
      double an = -k * (k - a);
      b += 2;
      d = 1 / (an * d + b);
      c = b + an / c;
      h *= c * d;
      if (Math.abs(c * d - 1) < 1e-16) {
        break;
      }
    }
    return front * h;
  }

  // log Gamma of a multiple of 1/2, by Gamma(a+1) = a Gamma(a).
  private static double logGamma(double a) {
    double twice = 2 * a;
    if (twice != Math.rint(twice) || a <= 0) {
      throw new IllegalArgumentException("not a positive multiple of 1/2: " + a);
    }
    boolean half = Math.rint(a) != a;
    double log = half ? .5 * Math.log(Math.PI) : 0;
    for (double at = half ? .5 : 1; at < a; at++) {
      log += Math.log(at);
    }
    return log;
  }
}
