package reprise.dsl.sensing;

import java.util.ArrayList;
import java.util.List;
import reprise.dsl.Experiment;
import reprise.dsl.plan.Plan;
import reprise.dsl.result.Outcome;
import reprise.dsl.study.Trials;
import reprise.dsl.unit.Checks;

/**
 * Matrix sensing by gradient descent, ready to run. Options are set again by naming them again.
 *
 * @param target the unknown matrix
 * @param ranks columns of the factors
 * @param factors one or two, symmetric unless set
 * @param scales of the first factors: entries {@code alpha N(0, 1) / sqrt(n)}; 0.5 unless set
 * @param measurements number of Gaussian measurements, or 0 where every entry is seen
 * @param iterations gradient steps, 1000 unless set
 * @param seeds draws, three unless set
 */
public record MatrixSensing(
    NeedsRanks target,
    List<Integer> ranks,
    Factors factors,
    List<Double> scales,
    int measurements,
    int iterations,
    int seeds)
    implements Experiment<SensingResult> {
  /** Step size of the paper's form of the experiment. */
  static final double RATE = 0.05;

  public MatrixSensing {
    ranks = List.copyOf(ranks);
    scales = List.copyOf(scales);
    Checks.present("factors", factors);
    Checks.positive("iterations", iterations, "steps");
    Checks.positive("seeds", seeds, "draws");
  }

  static MatrixSensing of(NeedsRanks target, List<Integer> ranks) {
    return new MatrixSensing(target, ranks, Factors.SYMMETRIC, List.of(0.5), 0, 1000, 3);
  }

  /** One factor or two. */
  public MatrixSensing factors(Factors form) {
    return new MatrixSensing(target, ranks, form, scales, measurements, iterations, seeds);
  }

  /** Scales alpha of the first factors, each a run of its own. */
  public MatrixSensing scales(Double... alphas) {
    return new MatrixSensing(
        target, ranks, factors, List.of(alphas), measurements, iterations, seeds);
  }

  /** Measurements with Gaussian matrices instead of every entry. */
  public MatrixSensing measurements(int gaussian) {
    Checks.positive("measurements", gaussian, "Gaussian matrices");
    return new MatrixSensing(target, ranks, factors, scales, gaussian, iterations, seeds);
  }

  /** Gradient steps. */
  public MatrixSensing iterations(int steps) {
    return new MatrixSensing(target, ranks, factors, scales, measurements, steps, seeds);
  }

  /** Independent draws, seeds 1 to n. */
  public MatrixSensing seeds(int n) {
    return new MatrixSensing(target, ranks, factors, scales, measurements, iterations, n);
  }

  @Override
  public Plan plan() {
    List<SensingTrial> runs = new ArrayList<>();
    for (int rank : ranks) {
      for (double scale : scales) {
        for (int seed = 1; seed <= seeds; seed++) {
          runs.add(new SensingTrial(target, rank, factors, scale, measurements, iterations, seed));
        }
      }
    }
    return new Plan("gradient descent on " + factors.word() + " factors", runs, List.of());
  }

  @Override
  public SensingResult result(Outcome outcome) {
    return new SensingResult(this, outcome, Trials.of(outcome, SensingTrial.class));
  }
}
