package reprise.dsl.attention;

import java.util.List;
import reprise.dsl.plan.Field;
import reprise.dsl.study.Trial;
import reprise.dsl.unit.Flops;
import reprise.dsl.unit.Numbers;

/**
 * The bound on entropy at one number of positions and one norm.
 *
 * @param positions T
 * @param norm of logits, s
 * @param draws logits that try to get below it
 * @param seed of the draws
 */
public record FloorTrial(int positions, double norm, int draws, int seed) implements Trial {
  @Override
  public String id() {
    return "t" + positions + "-n" + Numbers.plain(norm) + "-s" + seed;
  }

  /** About twenty operations a logit. */
  @Override
  public Flops flops() {
    return new Flops(20.0 * positions * draws);
  }

  @Override
  public long numbers() {
    return 2L * positions;
  }

  @Override
  public String setting() {
    return "logits of that norm: half drawn as cubes of normals, half near those that attain the"
        + " bound";
  }

  @Override
  public List<Field> fields() {
    return List.of(
        Field.whole("positions", positions),
        Field.number("norm", norm),
        Field.whole("draws", draws),
        Field.number("seed", seed, String.valueOf(seed)));
  }

  @Override
  public List<String> problems() {
    return positions < 2
        ? List.of("expected at least 2 positions, of one every entropy is 0, got " + positions)
        : List.of();
  }
}
