package reprise.kernel.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import reprise.dsl.law.Bootstrap;
import reprise.dsl.law.Constant;
import reprise.dsl.law.Convergence;
import reprise.dsl.law.Estimate;
import reprise.dsl.law.Fit;
import reprise.dsl.law.FitPlan;
import reprise.dsl.law.FitWarning;
import reprise.dsl.law.Interval;
import reprise.dsl.law.Law;
import reprise.dsl.law.Link;
import reprise.dsl.law.Objective;
import reprise.dsl.law.Samples;
import reprise.dsl.law.StartGrid;

/**
 * Fits a law: L-BFGS from every start of the grid, Newton polish of the best, bootstrap from there.
 *
 * <p>The objective is divided by delta^2 before it is minimised (Besiroglu et al. 2024, arXiv
 * 2404.10102, on the loss scale), and the optimum is judged by how far a Newton step could still
 * lower it, which no scaling can hide.
 */
public final class Fitter {
  /** Of a search: ends within about 1e-10 of its local optimum. */
  private static final Lbfgs SEARCH = new Lbfgs(10, 400, 1e-6, 1e-11, 0);

  private static final double REACHED = 1e-6;
  private static final double NOISE_FREE = 1e-12;

  private final FitPlan plan;
  private final Law law; // within the plan's bounds
  private final int threads;
  private final Residuals residuals;
  private final boolean leastAbsolute;

  private Fitter(FitPlan plan, int threads) {
    this.plan = plan;
    this.threads = threads;
    law = BoundedLaw.of(plan.law(), plan.bounds());
    int n = plan.points().size();
    int p = law.constants().size();
    if (n <= p) {
      throw new IllegalArgumentException(
          "too few points: "
              + n
              + " for the "
              + p
              + " constants of "
              + law.name()
              + "; at least "
              + (p + 1)
              + " are needed, and "
              + 3 * p
              + " for intervals worth having");
    }
    leastAbsolute = plan.objective() instanceof Objective.LeastAbsolute;
    residuals = Residuals.of(plan, law);
  }

  /**
   * The fit of a plan, on all processors.
   *
   * @throws IllegalArgumentException for too few points or a value that is not positive
   */
  public static Fit fit(FitPlan plan) {
    return fit(plan, Runtime.getRuntime().availableProcessors());
  }

  /** The fit of a plan; the result does not depend on {@code threads}. */
  public static Fit fit(FitPlan plan, int threads) {
    return new Fitter(plan, threads).run();
  }

  private Fit run() {
    Minimum[] ends = search();
    int best = 0;
    for (int i = 1; i < ends.length; i++) {
      if (value(ends[i]) < value(ends[best])) {
        best = i;
      }
    }
    if (!Double.isFinite(value(ends[best]))) {
      throw new IllegalArgumentException(
          law.name()
              + " is not finite at any of "
              + ends.length
              + " starts: check the units of the columns, or give a start grid");
    }
    double limit = value(ends[best]) * (1 + REACHED) + NOISE_FREE;
    int reached = (int) Arrays.stream(ends).filter(m -> value(m) <= limit).count();

    double[] theta = polish(ends[best].x());
    boolean converged;
    double possible;
    double objective;
    if (leastAbsolute) {
      var optimum = new LeastAbsolute(residuals, ones()).descend(theta);
      theta = optimum.theta();
      converged = optimum.vertex();
      possible = converged ? 0 : Double.NaN;
      objective = residuals.absolute(theta);
    } else {
      var optimality = Optimality.of(residuals, theta);
      converged = optimality.holds();
      possible = optimality.possibleDecrease();
      objective = optimality.value() * residuals.divisor();
    }
    String reason = converged ? "optimality test holds" : ends[best].stop().text();
    var convergence = new Convergence(converged, reason, possible, ends.length, reached);
    return result(theta, objective, convergence, LocalOptima.among(law, ends, best));
  }

  private Fit result(
      double[] theta, double objective, Convergence convergence, List<FitWarning> fromSearch) {
    double[][] replicates = bootstrap(theta);
    List<FitWarning> warnings = new ArrayList<>();
    if (!convergence.converged()) {
      warnings.add(
          new FitWarning.Unconverged(convergence.reason(), convergence.possibleDecrease()));
    }
    warnings.addAll(fromSearch);
    int failed = plan.bootstrap().replicates() - replicates.length;
    if (failed > 0) {
      warnings.add(new FitWarning.FailedReplicates(failed, plan.bootstrap().replicates()));
    }
    List<Estimate> estimates = estimates(theta, replicates);
    warnings.addAll(BoundedLaw.atLimits(plan.bounds(), plan.law(), law.constants(theta)));
    Residuals unbounded = new Residuals(plan, 1, 1);
    double[] inner = law instanceof BoundedLaw bounded ? bounded.inner(theta) : theta;
    warnings.addAll(Identifiability.check(unbounded, inner, estimates));
    if (residuals.n < 3 * residuals.p) {
      warnings.add(new FitWarning.FewPoints(residuals.n, residuals.p));
    }
    return new Fit(plan, estimates, objective, convergence, warnings, new Samples(replicates));
  }

  private Minimum[] search() {
    StartGrid grid = plan.starts();
    Minimum[] ends = new Minimum[grid.size()];
    Parallel.forEach(
        ends.length,
        threads,
        () -> {
          Residuals own = residuals.copy();
          return i -> ends[i] = SEARCH.minimise(own, start(grid.start(i)));
        });
    return ends;
  }

  private double[] start(double[] theta) {
    return law instanceof BoundedLaw bounded ? bounded.outer(theta) : theta;
  }

  private double[] polish(double[] start) {
    double[] x = Lbfgs.TIGHT.minimise(residuals, start).x();
    return Newton.polish(residuals, x, 50);
  }

  /** Constants of every replicate that could be fitted, in the order of the replicates. */
  private double[][] bootstrap(double[] theta) {
    Bootstrap bootstrap = plan.bootstrap();
    double[][] replicates = new double[bootstrap.replicates()][];
    Redraw redraw = new Redraw(bootstrap, residuals, theta, plan.points());
    Optional<double[]> raised = withoutZeroFloors(theta);
    Parallel.forEach(
        replicates.length,
        threads,
        () -> {
          double[] counts = new double[residuals.n];
          Residuals own = residuals.weighted(counts);
          return i -> {
            double[] x = refit(redraw.draw(i, counts, own), counts, theta, raised);
            replicates[i] = x == null ? null : law.constants(x);
          };
        });
    return Arrays.stream(replicates).filter(c -> c != null && finite(c)).toArray(double[][]::new);
  }

  private double[] refit(
      Residuals own, double[] counts, double[] theta, Optional<double[]> raised) {
    if (leastAbsolute) {
      return new LeastAbsolute(own, counts).descend(theta).theta();
    }
    Minimum end = SEARCH.minimise(own, theta);
    if (raised.isPresent()) {
      Minimum other = SEARCH.minimise(own, raised.get());
      end = value(other) < value(end) ? other : end;
    }
    return Double.isFinite(end.value()) ? end.x() : null;
  }

  /**
   * A second start for replicates where a floor is 0 at the optimum, with that floor at half the
   * least observation: from log E = -36 no gradient leads a replicate back, and its interval would
   * be a point.
   */
  private Optional<double[]> withoutZeroFloors(double[] theta) {
    double least = Arrays.stream(plan.points().column(law.output()).values()).min().orElseThrow();
    double[] raised = theta.clone();
    boolean any = false;
    for (int j = 0; j < theta.length; j++) {
      Constant c = law.constants().get(j);
      boolean zero =
          c.role() == Constant.Role.FLOOR
              && c.link() == Link.LOG
              && c.link().constant(theta[j]) < Identifiability.NO_EFFECT * least;
      if (zero) {
        any = true;
        raised[j] = c.link().theta(least / 2);
      }
    }
    return any ? Optional.of(raised) : Optional.empty();
  }

  private List<Estimate> estimates(double[] theta, double[][] replicates) {
    double[] values = law.constants(theta);
    double[][] normal =
        replicates.length == 0 && !leastAbsolute
            ? Sandwich.intervals(residuals, theta, plan.confidence())
            : null;
    List<Estimate> estimates = new ArrayList<>();
    for (int j = 0; j < values.length; j++) {
      Constant c = law.constants().get(j);
      if (normal != null) {
        var interval = new Interval(normal[j][1], normal[j][2]);
        estimates.add(new Estimate(c.name(), c.unit(), values[j], normal[j][0], interval));
        continue;
      }
      double[] column = new double[replicates.length];
      for (int i = 0; i < column.length; i++) {
        column[i] = replicates[i][j];
      }
      estimates.add(
          new Estimate(
              c.name(),
              c.unit(),
              values[j],
              standardDeviation(column),
              Interval.percentile(column, plan.confidence())));
    }
    return estimates;
  }

  private static double value(Minimum m) {
    return Double.isNaN(m.value()) ? Double.POSITIVE_INFINITY : m.value();
  }

  private double[] ones() {
    double[] ones = new double[residuals.n];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static boolean finite(double[] values) {
    return Arrays.stream(values).allMatch(Double::isFinite);
  }

  private static double standardDeviation(double[] v) {
    if (v.length < 2) {
      return Double.NaN;
    }
    double mean = Arrays.stream(v).average().orElseThrow();
    double sum = 0;
    for (double x : v) {
      sum += (x - mean) * (x - mean);
    }
    return Math.sqrt(sum / (v.length - 1));
  }
}
