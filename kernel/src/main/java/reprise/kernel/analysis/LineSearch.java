package reprise.kernel.analysis;

/**
 * Line search for the strong Wolfe conditions: Nocedal and Wright, Numerical Optimization (2006),
 * algorithms 3.5 and 3.6, with safeguarded cubic interpolation.
 *
 * <p>f(s) &lt;= f(0) + c1 s f'(0) and |f'(s)| &lt;= c2 |f'(0)|, with c1 = 1e-4, c2 = .9. One object
 * serves one minimisation; {@link #x} and {@link #gradient} hold the point it accepted.
 */
final class LineSearch {
  private static final double C1 = 1e-4;
  private static final double C2 = .9;
  private static final int LIMIT = 40;

  final double[] x;
  final double[] gradient;
  double value;
  int evaluations;

  private final Smooth f;
  private double[] origin;
  private double[] direction;
  private double slope;

  LineSearch(Smooth f, int dimension) {
    this.f = f;
    x = new double[dimension];
    gradient = new double[dimension];
  }

  /** Whether a step was found; {@code f0} and {@code slope0} are value and slope at the origin. */
  boolean search(double[] from, double[] along, double f0, double slope0, double firstStep) {
    origin = from;
    direction = along;
    double low = 0;
    double fLow = f0;
    double slopeLow = slope0;
    double step = firstStep;
    for (int i = 0; i < LIMIT; i++) {
      evaluate(step);
      if (!(value <= f0 + C1 * step * slope0) || i > 0 && value >= fLow) {
        return zoom(f0, slope0, low, fLow, slopeLow, step, value, slope);
      }
      if (Math.abs(slope) <= -C2 * slope0) {
        return true;
      }
      if (slope >= 0) {
        return zoom(f0, slope0, step, value, slope, low, fLow, slopeLow);
      }
      low = step;
      fLow = value;
      slopeLow = slope;
      step *= 2.5;
    }
    return value < f0;
  }

  // Invariant: a is the best step so far that satisfies the decrease; the slope at a points to b.
  private boolean zoom(
      double f0,
      double slope0,
      double from,
      double fFrom,
      double slopeFrom,
      double to,
      double fTo,
      double slopeTo) {
    double a = from;
    double fa = fFrom;
    double sa = slopeFrom;
    double b = to;
    double fb = fTo;
    double sb = slopeTo;
    for (int i = 0; i < LIMIT; i++) {
      double step = cubic(a, fa, sa, b, fb, sb);
      evaluate(step);
      if (!(value <= f0 + C1 * step * slope0) || value >= fa) {
        b = step;
        fb = value;
        sb = slope;
      } else {
        if (Math.abs(slope) <= -C2 * slope0) {
          return true;
        }
        if (slope * (b - a) >= 0) {
          b = a;
          fb = fa;
          sb = sa;
        }
        a = step;
        fa = value;
        sa = slope;
      }
      if (Math.abs(b - a) <= 1e-14 * Math.max(a, b)) {
        break;
      }
    }
    if (a > 0 && fa < f0) {
      evaluate(a);
      return true;
    }
    return false;
  }

  // Minimum of the cubic through both ends, kept a tenth of the bracket away from them.
  private static double cubic(double a, double fa, double sa, double b, double fb, double sb) {
    double width = b - a;
    double step = Double.NaN;
    if (Double.isFinite(fb) && Double.isFinite(sb)) {
      double d1 = sa + sb - 3 * (fb - fa) / width;
      double square = d1 * d1 - sa * sb;
      if (square >= 0) {
        double d2 = Math.copySign(Math.sqrt(square), width);
        step = b - width * (sb + d2 - d1) / (sb - sa + 2 * d2);
      }
    }
    double near = Math.min(a + .1 * width, b - .1 * width);
    double far = Math.max(a + .1 * width, b - .1 * width);
    return Double.isFinite(step) ? Math.clamp(step, near, far) : a + .5 * width;
  }

  private void evaluate(double step) {
    for (int i = 0; i < x.length; i++) {
      x[i] = origin[i] + step * direction[i];
    }
    evaluations++;
    value = f.at(x, gradient);
    slope = 0;
    for (int i = 0; i < x.length; i++) {
      slope += gradient[i] * direction[i];
    }
    if (!Double.isFinite(value) || !Double.isFinite(slope)) {
      value = Double.POSITIVE_INFINITY;
      slope = Double.NaN;
    }
  }
}
