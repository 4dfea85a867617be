package reprise.dsl.law;

import java.util.Objects;

/**
 * A fit to be done: which law, to which points, by which objective.
 *
 * <pre>{@code
 * FitPlan.of(Laws.CHINCHILLA, points.drop(5))
 *     .objective(Objective.huber(1e-3))
 *     .bootstrap(4000, 42)
 * }</pre>
 *
 * @param law to be fitted
 * @param points with one column per input of the law and one for its output, all positive
 * @param objective default: the law's own
 * @param starts default: the law's own grid
 * @param bootstrap default: {@link Bootstrap#DEFAULT}
 * @param confidence of the intervals; default .95
 */
public record FitPlan(
    Law law,
    Points points,
    Objective objective,
    StartGrid starts,
    Bootstrap bootstrap,
    double confidence) {

  public FitPlan {
    Objects.requireNonNull(law, "law");
    Objects.requireNonNull(points, "points");
    Objects.requireNonNull(objective, "objective");
    Objects.requireNonNull(bootstrap, "bootstrap");
    starts.requireAxesOf(law.name(), law.constants());
    if (!(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException("confidence must lie in (0, 1), got " + confidence);
    }
    for (Input input : law.inputs()) {
      requireColumn(law, points, input.name());
    }
    requireColumn(law, points, law.output());
  }

  /** With the law's own objective and start grid and the default bootstrap. */
  public static FitPlan of(Law law, Points points) {
    return new FitPlan(law, points, law.objective(), law.starts(), Bootstrap.DEFAULT, .95);
  }

  public FitPlan objective(Objective value) {
    return new FitPlan(law, points, value, starts, bootstrap, confidence);
  }

  public FitPlan starts(StartGrid value) {
    return new FitPlan(law, points, objective, value, bootstrap, confidence);
  }

  public FitPlan bootstrap(int replicates, long seed) {
    return bootstrap(new Bootstrap(replicates, seed));
  }

  public FitPlan bootstrap(Bootstrap value) {
    return new FitPlan(law, points, objective, starts, value, confidence);
  }

  public FitPlan confidence(double value) {
    return new FitPlan(law, points, objective, starts, bootstrap, value);
  }

  public FitPlan points(Points value) {
    return new FitPlan(law, value, objective, starts, bootstrap, confidence);
  }

  @Override
  public String toString() {
    return law.formula()
        + "\n  points     "
        + points
        + "\n  objective  "
        + objective.text()
        + "\n  starts     "
        + starts.size()
        + "\n  bootstrap  "
        + bootstrap.replicates()
        + " replicates, seed "
        + bootstrap.seed();
  }

  private static void requireColumn(Law law, Points points, String name) {
    if (!points.has(name)) {
      throw new IllegalArgumentException(
          law.name() + " needs a column " + name + "; the points have " + points.names());
    }
  }
}
