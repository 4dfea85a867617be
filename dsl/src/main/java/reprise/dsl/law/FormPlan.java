package reprise.dsl.law;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A comparison of forms to be made: which laws, on which points.
 *
 * @param laws at least two, with the same output
 * @param points with a column for every input of every law
 * @param objective minimised for each of them
 * @param heldOut points to be predicted, none of which is fitted; default none
 * @param folds of the cross-validation over cells; 0 for none, default 10
 * @param seed of the folds
 */
public record FormPlan(
    List<Law> laws,
    Points points,
    Objective objective,
    Optional<HeldOut> heldOut,
    int folds,
    long seed) {
  public FormPlan {
    laws = List.copyOf(laws);
    Objects.requireNonNull(points, "points");
    Objects.requireNonNull(objective, "objective");
    if (laws.size() < 2) {
      throw new IllegalArgumentException(
          "a comparison of forms needs two laws, got " + laws.size());
    }
    String output = laws.getFirst().output();
    for (Law law : laws) {
      if (!law.output().equals(output)) {
        throw new IllegalArgumentException(
            "laws of different outputs cannot be compared: "
                + laws.getFirst().name()
                + " predicts "
                + output
                + ", "
                + law.name()
                + " "
                + law.output());
      }
    }
    if (folds != 0 && folds < 2 || folds > points.size()) {
      throw new IllegalArgumentException(
          "cross-validation needs 2 to " + points.size() + " folds, or 0 for none, got " + folds);
    }
  }

  /** Ten folds, Huber's cost of .001 on log loss. */
  public static FormPlan of(Points points, Law... laws) {
    return new FormPlan(
        List.of(laws),
        points,
        Objective.huber(1e-3),
        Optional.empty(),
        Math.min(10, points.size()),
        42);
  }

  public FormPlan objective(Objective value) {
    return new FormPlan(laws, points, value, heldOut, folds, seed);
  }

  public FormPlan heldOut(HeldOut value) {
    return new FormPlan(laws, points, objective, Optional.of(value), folds, seed);
  }

  public FormPlan folds(int count, long foldSeed) {
    return new FormPlan(laws, points, objective, heldOut, count, foldSeed);
  }
}
