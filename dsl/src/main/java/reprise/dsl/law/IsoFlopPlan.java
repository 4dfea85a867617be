package reprise.dsl.law;

import java.util.Objects;
import java.util.Optional;

/**
 * An IsoFLOP analysis to be done: "approach 2" of Hoffmann et al. 2022 (arXiv 2203.15556, section
 * 3.2). Per compute budget a parabola of the loss in log N; then a power law through the minima.
 *
 * @param points with columns C (FLOP), N (parameters), D (tokens) and loss; several rows of the
 *     same C and N are seeds
 * @param window how many sizes around the best one the parabola takes; default all
 * @param bootstrap refits: over seeds where every cell has at least two, else over residuals
 * @param confidence of the intervals
 * @param interpolated an Akima spline through the sizes in place of the parabola, with this noise
 *     of seeds for the bootstrap: the recipe of Porian et al. 2024 (arXiv 2406.19146, section 3.2)
 */
public record IsoFlopPlan(
    Points points,
    int window,
    Bootstrap bootstrap,
    double confidence,
    Optional<SeedNoise> interpolated) {
  /** Take every size of a budget. */
  public static final int ALL_SIZES = Integer.MAX_VALUE;

  public IsoFlopPlan {
    Objects.requireNonNull(points, "points");
    Objects.requireNonNull(bootstrap, "bootstrap");
    for (String name : new String[] {"C", "N", "D", "loss"}) {
      if (!points.has(name)) {
        throw new IllegalArgumentException(
            "an IsoFLOP analysis needs the columns C, N, D and loss; the points have "
                + points.names());
      }
    }
    if (window < 3) {
      throw new IllegalArgumentException("a parabola needs a window of 3 sizes, got " + window);
    }
    if (!(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException("confidence must lie in (0, 1), got " + confidence);
    }
  }

  /** Parabolas through all sizes. */
  public IsoFlopPlan(Points points, int window, Bootstrap bootstrap, double confidence) {
    this(points, window, bootstrap, confidence, Optional.empty());
  }

  public static IsoFlopPlan of(Points points) {
    return new IsoFlopPlan(points, ALL_SIZES, Bootstrap.DEFAULT, .95);
  }

  public IsoFlopPlan window(int sizes) {
    return new IsoFlopPlan(points, sizes, bootstrap, confidence, interpolated);
  }

  public IsoFlopPlan bootstrap(int replicates, long seed) {
    return new IsoFlopPlan(
        points, window, new Bootstrap(replicates, seed), confidence, interpolated);
  }

  public IsoFlopPlan confidence(double level) {
    return new IsoFlopPlan(points, window, bootstrap, level, interpolated);
  }

  /** Akima splines in place of parabolas; needs five sizes a budget. */
  public IsoFlopPlan akima(SeedNoise noise) {
    return new IsoFlopPlan(points, window, bootstrap, confidence, Optional.of(noise));
  }
}
