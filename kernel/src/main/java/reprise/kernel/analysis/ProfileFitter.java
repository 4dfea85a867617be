package reprise.kernel.analysis;

import java.util.Arrays;
import java.util.Collection;
import java.util.TreeMap;
import reprise.dsl.law.Column;
import reprise.dsl.law.Fit;
import reprise.dsl.law.Law;
import reprise.dsl.law.Link;
import reprise.dsl.law.Objective;
import reprise.dsl.law.Profile;

/**
 * Profiles a constant of a fit: at every value the others are fitted from the optimum, from the
 * neighbouring value's end, and from up to 20 starts of the plan's grid.
 */
public final class ProfileFitter {
  private static final int STARTS = 20;
  private static final Lbfgs SEARCH = new Lbfgs(10, 400, 1e-7, 1e-12, 0);

  private ProfileFitter() {}

  /**
   * The profile of {@code constant} over {@code values}.
   *
   * @throws IllegalArgumentException for a fit by least absolute deviations, or a constant that is
   *     not a function of one parameter
   */
  public static Profile fit(Fit fit, String constant, double... values) {
    Law law = fit.plan().law();
    fit.constant(constant); // names the constants when there is none of this name
    int held = law.constantNames().indexOf(constant);
    double[] optimum = law.theta(fit.values());
    double own = law.constants().get(held).link().theta(fit.values()[held]);
    if (Math.abs(own - optimum[held]) > 1e-9 * Math.max(1, Math.abs(own))) {
      throw new IllegalArgumentException(
          law.name()
              + ": "
              + constant
              + " depends on several parameters; profile another constant");
    }
    if (fit.plan().objective() instanceof Objective.LeastAbsolute) {
      throw new IllegalArgumentException(
          "profiles need a smooth objective: fit by Huber or least squares");
    }
    Residuals objective = Residuals.of(fit.plan(), law);
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double[] least = new double[sorted.length];
    double[] last = optimum;
    for (int i = 0; i < sorted.length; i++) {
      double theta = law.constants().get(held).link().theta(sorted[i]);
      Minimum best = descend(objective, optimum, held, theta);
      best = lower(best, descend(objective, last, held, theta));
      int size = fit.plan().starts().size();
      for (int s = 0; s < size; s += Math.max(1, size / STARTS)) {
        best = lower(best, descend(objective, fit.plan().starts().start(s), held, theta));
      }
      last = insert(best.x(), held, theta);
      least[i] = best.value() * objective.divisor();
    }
    return new Profile(constant, new Column(constant, sorted), new Column("objective", least));
  }

  /**
   * The profile around the optimum, out to where it has risen enough for a 99 % interval or the
   * constant has moved by a factor of 10^6 (an exponent: by 10).
   */
  public static Profile around(Fit fit, String constant) {
    Law law = fit.plan().law();
    int held = law.constantNames().indexOf(constant);
    double value = fit.constant(constant).value();
    var link = held < 0 ? Link.IDENTITY : law.constants().get(held).link();
    double centre = link.theta(value);
    double reach = link == Link.LOG ? Math.log(1e6) : 10;
    double limit = fit.objective() * Math.exp(6.6348966010212145 / fit.n());
    TreeMap<Double, Double> profile = new TreeMap<>();
    profile.put(value, fit.objective());
    for (int side : new int[] {-1, 1}) {
      for (double step = reach / 4096; step <= reach; step *= 1.6) {
        double at = link.constant(centre + side * step);
        double objective = fit(fit, constant, at).objective().value(0);
        profile.put(at, objective);
        if (objective > limit) {
          break;
        }
      }
    }
    return new Profile(
        constant,
        new Column(constant, doubles(profile.keySet())),
        new Column("objective", doubles(profile.values())));
  }

  private static double[] doubles(Collection<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static Minimum descend(Smooth f, double[] from, int held, double theta) {
    double[] full = new double[from.length];
    double[] fullGradient = new double[from.length];
    Smooth others =
        (x, g) -> {
          System.arraycopy(x, 0, full, 0, held);
          full[held] = theta;
          System.arraycopy(x, held, full, held + 1, x.length - held);
          double value = f.at(full, fullGradient);
          System.arraycopy(fullGradient, 0, g, 0, held);
          System.arraycopy(fullGradient, held + 1, g, held, x.length - held);
          return value;
        };
    double[] start = new double[from.length - 1];
    System.arraycopy(from, 0, start, 0, held);
    System.arraycopy(from, held + 1, start, held, start.length - held);
    return SEARCH.minimise(others, start);
  }

  private static Minimum lower(Minimum a, Minimum b) {
    return b.value() < a.value() ? b : a;
  }

  private static double[] insert(double[] x, int held, double theta) {
    double[] full = new double[x.length + 1];
    System.arraycopy(x, 0, full, 0, held);
    full[held] = theta;
    System.arraycopy(x, held, full, held + 1, x.length - held);
    return full;
  }
}
