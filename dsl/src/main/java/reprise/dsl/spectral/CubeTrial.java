package reprise.dsl.spectral;

import java.util.ArrayList;
import java.util.List;
import reprise.dsl.plan.Field;
import reprise.dsl.study.Trial;
import reprise.dsl.unit.Flops;
import reprise.dsl.unit.Numbers;

/**
 * One set of points.
 *
 * @param dimension d of the cube
 * @param noise standard deviation
 * @param points of the set
 * @param seed of points, rotation and noise
 */
public record CubeTrial(int dimension, double noise, int points, int seed) implements Trial {
  /** Dimensions of the space that the cube is rotated into. */
  public static final int AMBIENT = 64;

  /** Width of the Gaussian between points. */
  public static final double SIGMA = 2;

  @Override
  public String id() {
    return "d" + dimension + "-e" + Numbers.plain(noise) + "-s" + seed;
  }

  /** Distances, and about fifty products a row and column for the eigenvalues. */
  @Override
  public Flops flops() {
    return new Flops(Math.pow(points, 2) * (3.0 * AMBIENT + 50.0 * points));
  }

  @Override
  public long numbers() {
    return 3L * points * points;
  }

  @Override
  public String setting() {
    return "uniform on [-2, 2]^d, rotated into 64 dimensions; Gaussians of width 2";
  }

  @Override
  public List<Field> fields() {
    return List.of(
        Field.whole("dimension", dimension),
        Field.number("noise", noise),
        Field.whole("points", points),
        Field.number("seed", seed, String.valueOf(seed)));
  }

  @Override
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (dimension < 1 || dimension > AMBIENT) {
      problems.add("expected 1 to " + AMBIENT + " dimensions, got " + dimension);
    }
    if (noise < 0) {
      problems.add("expected noise of 0 or more, got " + Numbers.plain(noise));
    }
    if (points < 8 || points > 2000) {
      problems.add("expected 8 to 2000 points, got " + Numbers.grouped(points));
    }
    return problems;
  }
}
