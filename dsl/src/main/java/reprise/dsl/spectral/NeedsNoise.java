package reprise.dsl.spectral;

import java.util.List;

/**
 * A study of dimensions that still needs its levels of noise: continue with {@link #noise}.
 *
 * @param dimensions of the cubes, each a set of points of its own
 */
public record NeedsNoise(List<Integer> dimensions) {
  public NeedsNoise {
    dimensions = List.copyOf(dimensions);
  }

  /** Standard deviations of noise in every ambient direction. */
  public CubeStudy noise(Double... deviations) {
    return CubeStudy.of(dimensions, List.of(deviations));
  }
}
