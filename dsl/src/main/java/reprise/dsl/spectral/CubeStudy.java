package reprise.dsl.spectral;

import java.util.ArrayList;
import java.util.List;
import reprise.dsl.Experiment;
import reprise.dsl.plan.Plan;
import reprise.dsl.result.Outcome;
import reprise.dsl.study.Trials;
import reprise.dsl.unit.Checks;

/**
 * Two entropies of points from cubes {@code [-2, 2]^d}, rotated into 64 dimensions, with noise.
 *
 * @param dimensions d
 * @param noise standard deviations
 * @param points of a set, 400 unless set
 * @param seeds draws, three unless set
 */
public record CubeStudy(List<Integer> dimensions, List<Double> noise, int points, int seeds)
    implements Experiment<CubeResult> {
  public CubeStudy {
    dimensions = List.copyOf(dimensions);
    noise = List.copyOf(noise);
    Checks.positive("seeds", seeds, "draws");
  }

  static CubeStudy of(List<Integer> dimensions, List<Double> noise) {
    return new CubeStudy(dimensions, noise, 400, 3);
  }

  /** Points of a set. */
  public CubeStudy points(int n) {
    return new CubeStudy(dimensions, noise, n, seeds);
  }

  /** Independent draws, seeds 1 to n. */
  public CubeStudy seeds(int n) {
    return new CubeStudy(dimensions, noise, points, n);
  }

  @Override
  public Plan plan() {
    List<CubeTrial> runs = new ArrayList<>();
    for (double deviation : noise) {
      for (int dimension : dimensions) {
        for (int seed = 1; seed <= seeds; seed++) {
          runs.add(new CubeTrial(dimension, deviation, points, seed));
        }
      }
    }
    return new Plan("entropies of cubes", runs, List.of());
  }

  @Override
  public CubeResult result(Outcome outcome) {
    return new CubeResult(this, outcome, Trials.of(outcome, CubeTrial.class));
  }
}
