package reprise.kernel.analysis;

import java.util.List;
import reprise.dsl.law.Bound;
import reprise.dsl.law.Constant;
import reprise.dsl.law.FitWarning;
import reprise.dsl.law.Input;
import reprise.dsl.law.Law;
import reprise.dsl.law.StartGrid;

/**
 * A law whose theta cannot leave given limits: theta_j = g_j(u_j), u unconstrained (James and Roos
 * 1975, MINUIT). Between a and b: theta = a + (b - a)(sin u + 1)/2; above a: theta = a - 1 +
 * sqrt(u^2 + 1); below b: theta = b + 1 - sqrt(u^2 + 1).
 */
final class BoundedLaw implements Law {
  private static final double INSIDE = 1e-3;

  private final Law law;
  private final double[] low;
  private final double[] high;

  private BoundedLaw(Law law, List<Bound> bounds) {
    this.law = law;
    int p = law.constants().size();
    low = new double[p];
    high = new double[p];
    java.util.Arrays.fill(low, Double.NEGATIVE_INFINITY);
    java.util.Arrays.fill(high, Double.POSITIVE_INFINITY);
    double[] some = law.starts().start(0);
    for (Bound bound : bounds) {
      int j = law.constantNames().indexOf(bound.constant());
      Constant c = law.constants().get(j);
      double own = c.link().constant(some[j]);
      double told = law.constants(some)[j];
      if (Double.compare(own, told) != 0 && Math.abs(own - told) > 1e-9 * Math.abs(told)) {
        throw new IllegalArgumentException(
            law.name()
                + ": "
                + c.name()
                + " depends on several parameters; bound another constant");
      }
      low[j] = limit(c, bound.low(), Double.NEGATIVE_INFINITY, bound);
      high[j] = limit(c, bound.high(), Double.POSITIVE_INFINITY, bound);
    }
  }

  private static double limit(Constant c, double value, double open, Bound bound) {
    if (Double.isInfinite(value)) {
      return open;
    }
    double theta = c.link().theta(value);
    if (Double.isNaN(theta)) {
      throw new IllegalArgumentException(
          "bound " + bound + ": " + c.name() + " is positive by its definition; bound it above 0");
    }
    return theta;
  }

  /** The law itself where there is no bound. */
  static Law of(Law law, List<Bound> bounds) {
    return bounds.isEmpty() ? law : new BoundedLaw(law, bounds);
  }

  /** Warnings for constants that ended at a limit. */
  static List<FitWarning> atLimits(List<Bound> bounds, Law law, double[] constants) {
    return bounds.stream()
        .<FitWarning>mapMulti((bound, out) -> {
          double value = constants[law.constantNames().indexOf(bound.constant())];
          for (double limit : new double[] {bound.low(), bound.high()}) {
            if (Double.isFinite(limit)
                && Math.abs(value - limit) <= 1e-5 * Math.max(1e-3, Math.abs(limit))) {
              out.accept(new FitWarning.AtLimit(bound.constant(), value, limit));
            }
          }
        })
        .toList();
  }

  private double theta(int j, double u) {
    boolean below = high[j] < Double.POSITIVE_INFINITY;
    if (low[j] > Double.NEGATIVE_INFINITY) {
      return below
          ? low[j] + (high[j] - low[j]) * (Math.sin(u) + 1) / 2
          : low[j] - 1 + Math.sqrt(u * u + 1);
    }
    return below ? high[j] + 1 - Math.sqrt(u * u + 1) : u;
  }

  private double slope(int j, double u) {
    boolean below = high[j] < Double.POSITIVE_INFINITY;
    if (low[j] > Double.NEGATIVE_INFINITY) {
      return below ? (high[j] - low[j]) * Math.cos(u) / 2 : u / Math.sqrt(u * u + 1);
    }
    return below ? -u / Math.sqrt(u * u + 1) : 1;
  }

  // The inverse; a theta outside is moved just inside, where the slope is not 0.
  private double inverse(int j, double theta) {
    boolean below = high[j] < Double.POSITIVE_INFINITY;
    if (low[j] > Double.NEGATIVE_INFINITY) {
      if (below) {
        double part = 2 * (theta - low[j]) / (high[j] - low[j]) - 1;
        return Math.asin(Math.clamp(part, -1 + INSIDE, 1 - INSIDE));
      }
      double over = Math.max(theta - low[j], INSIDE) + 1;
      return Math.sqrt(over * over - 1);
    }
    if (below) {
      double under = Math.max(high[j] - theta, INSIDE) + 1;
      return Math.sqrt(under * under - 1);
    }
    return theta;
  }

  /** Theta of the law inside. */
  double[] inner(double[] u) {
    double[] theta = new double[u.length];
    for (int j = 0; j < u.length; j++) {
      theta[j] = theta(j, u[j]);
    }
    return theta;
  }

  /** u of a theta of the law inside. */
  double[] outer(double[] theta) {
    double[] u = new double[theta.length];
    for (int j = 0; j < u.length; j++) {
      u[j] = inverse(j, theta[j]);
    }
    return u;
  }

  @Override
  public double logPrediction(double[] theta, double[] logInputs, int at) {
    return law.logPrediction(inner(theta), logInputs, at);
  }

  @Override
  public double logPrediction(double[] theta, double[] logInputs, int at, double[] gradient) {
    double value = law.logPrediction(inner(theta), logInputs, at, gradient);
    for (int j = 0; j < theta.length; j++) {
      gradient[j] *= slope(j, theta[j]); // d log L/du = d log L/d theta d theta/du
    }
    return value;
  }

  @Override
  public double[] constants(double[] theta) {
    return law.constants(inner(theta));
  }

  @Override
  public double[] theta(double... constants) {
    return outer(law.theta(constants));
  }

  @Override
  public String name() {
    return law.name();
  }

  @Override
  public String formula() {
    return law.formula();
  }

  @Override
  public String source() {
    return law.source();
  }

  @Override
  public List<Constant> constants() {
    return law.constants();
  }

  @Override
  public List<Input> inputs() {
    return law.inputs();
  }

  @Override
  public String output() {
    return law.output();
  }

  @Override
  public StartGrid starts() {
    return law.starts();
  }
}
