package reprise.dsl.fit;

import java.util.List;
import java.util.Optional;
import reprise.dsl.Experiment;
import reprise.dsl.data.PointsSource;
import reprise.dsl.law.SeedNoise;
import reprise.dsl.plan.AnalysisTask;
import reprise.dsl.plan.Plan;
import reprise.dsl.result.Outcome;
import reprise.dsl.unit.Checks;

/**
 * The valley of every compute budget and the power laws N_opt ~ C^a, D_opt ~ C^b through them:
 * "approach 2" of Hoffmann et al. 2022 (arXiv 2203.15556, section 3.2), or with {@link #akima} the
 * recipe of Porian et al. 2024 (arXiv 2406.19146, section 3.2). Options are set again by naming
 * them again.
 *
 * @param points where they come from
 * @param window how many sizes around the best one a parabola takes; all unless set
 * @param interpolated Akima splines in place of parabolas, with this noise of seeds; none unless
 *     set
 * @param bootstrap resamples for the intervals; 1000 unless set
 * @param seed of the resampling; 42 unless set
 */
public record IsoFlopFit(
    PointsSource points, int window, Optional<SeedNoise> interpolated, int bootstrap, long seed)
    implements Experiment<FittedValleys> {
  /** Id of the analysis in plan and outcome. */
  static final String VALLEYS = "valleys";

  public IsoFlopFit {
    Checks.present("points", points);
    Checks.present("interpolation", interpolated);
    if (window < 3) {
      throw new IllegalArgumentException("a parabola needs a window of 3 sizes, got " + window);
    }
    if (bootstrap < 0) {
      throw new IllegalArgumentException("bootstrap resamples: 0 or more, got " + bootstrap);
    }
  }

  /** Parabolas through that many sizes around the best one. */
  public IsoFlopFit window(int sizes) {
    return new IsoFlopFit(points, sizes, interpolated, bootstrap, seed);
  }

  /**
   * Akima splines in place of parabolas, and this noise added in the bootstrap; five sizes a
   * budget.
   */
  public IsoFlopFit akima(SeedNoise noise) {
    return new IsoFlopFit(points, window, Optional.of(noise), bootstrap, seed);
  }

  /** The number of bootstrap resamples. */
  public IsoFlopFit bootstrap(int count) {
    return new IsoFlopFit(points, window, interpolated, count, seed);
  }

  /** The seed of the bootstrap. */
  public IsoFlopFit seed(long bootstrapSeed) {
    return new IsoFlopFit(points, window, interpolated, bootstrap, bootstrapSeed);
  }

  @Override
  public Plan plan() {
    return new Plan(
        "IsoFLOP valleys of " + points.label(),
        List.of(),
        List.of(
            new AnalysisTask.FindValleys(
                VALLEYS, List.of(), points, window, interpolated, bootstrap, seed)));
  }

  @Override
  public FittedValleys result(Outcome outcome) {
    return new FittedValleys(this, outcome);
  }
}
