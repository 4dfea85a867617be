package reprise.dsl.law;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

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
 * @param weights column of the points that weighs each residual's cost; default every point 1
 * @param bounds of constants; default none
 */
public record FitPlan(
    Law law,
    Points points,
    Objective objective,
    StartGrid starts,
    Bootstrap bootstrap,
    double confidence,
    Optional<String> weights,
    List<Bound> bounds) {

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
    if (weights.isPresent() && !points.has(weights.get())) {
      throw new IllegalArgumentException(
          "no column of weights " + weights.get() + "; the points have " + points.names());
    }
    bounds = List.copyOf(bounds);
    for (Bound bound : bounds) {
      if (!law.constantNames().contains(bound.constant())) {
        throw new IllegalArgumentException(
            "bound of "
                + bound.constant()
                + ": "
                + law.name()
                + " has the constants "
                + law.constantNames());
      }
    }
  }

  /** With the law's own objective and start grid and the default bootstrap. */
  public static FitPlan of(Law law, Points points) {
    return new FitPlan(
        law,
        points,
        law.objective(),
        law.starts(),
        Bootstrap.DEFAULT,
        .95,
        Optional.empty(),
        List.of());
  }

  public FitPlan objective(Objective value) {
    return new FitPlan(law, points, value, starts, bootstrap, confidence, weights, bounds);
  }

  public FitPlan starts(StartGrid value) {
    return new FitPlan(law, points, objective, value, bootstrap, confidence, weights, bounds);
  }

  public FitPlan bootstrap(int replicates, long seed) {
    return bootstrap(new Bootstrap(replicates, seed));
  }

  public FitPlan bootstrap(Bootstrap value) {
    return new FitPlan(law, points, objective, starts, value, confidence, weights, bounds);
  }

  public FitPlan confidence(double value) {
    return new FitPlan(law, points, objective, starts, bootstrap, value, weights, bounds);
  }

  public FitPlan points(Points value) {
    return new FitPlan(law, value, objective, starts, bootstrap, confidence, weights, bounds);
  }

  /** Weighs the cost of every point by a column of the points, 0 or positive. */
  public FitPlan weights(String column) {
    return new FitPlan(
        law, points, objective, starts, bootstrap, confidence, Optional.of(column), bounds);
  }

  /** Keeps a constant within limits; naming it again replaces them. */
  public FitPlan bound(Bound value) {
    List<Bound> all = new ArrayList<>(bounds);
    all.removeIf(b -> b.constant().equals(value.constant()));
    all.add(value);
    return new FitPlan(law, points, objective, starts, bootstrap, confidence, weights, all);
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
        + " replicates of "
        + bootstrap.of().text()
        + ", seed "
        + bootstrap.seed()
        + weights.map(w -> "\n  weights    " + w).orElse("")
        + (bounds.isEmpty() ? "" : "\n  bounds     " + bounds);
  }

  private static void requireColumn(Law law, Points points, String name) {
    if (!points.has(name)) {
      throw new IllegalArgumentException(
          law.name() + " needs a column " + name + "; the points have " + points.names());
    }
  }
}
