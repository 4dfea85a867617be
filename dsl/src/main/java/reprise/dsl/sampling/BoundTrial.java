package reprise.dsl.sampling;

import java.util.List;
import reprise.dsl.plan.Field;
import reprise.dsl.study.Trial;
import reprise.dsl.unit.Flops;
import reprise.dsl.unit.Numbers;
import reprise.dsl.unit.Symbols;

/**
 * Some distributions of one concentration under one bound.
 *
 * @param alphabet tokens of each distribution
 * @param concentration of the Dirichlet distribution
 * @param alpha share of the entropy that is allowed
 * @param draws distributions
 * @param seed of the draws
 */
public record BoundTrial(Symbols alphabet, double concentration, double alpha, int draws, int seed)
    implements Trial {
  /** The most tokens whose subsets are tried one by one. */
  public static final int MOST = 16;

  @Override
  public String id() {
    return "c" + Numbers.plain(concentration) + "-a" + Numbers.plain(alpha);
  }

  /** Every subset's mass and entropy. */
  @Override
  public Flops flops() {
    return new Flops(2.0 * draws * alphabet.count() * Math.pow(2, alphabet.count()));
  }

  @Override
  public long numbers() {
    return (long) draws * alphabet.count();
  }

  @Override
  public String setting() {
    return "Dirichlet distributions; H of what is kept at most alpha H; all subsets tried";
  }

  @Override
  public List<Field> fields() {
    return List.of(
        Field.whole("alphabet", alphabet.count()),
        Field.number("concentration", concentration),
        Field.number("alpha", alpha),
        Field.whole("draws", draws),
        Field.number("seed", seed, String.valueOf(seed)));
  }

  @Override
  public List<String> problems() {
    return alphabet.count() > MOST
        ? List.of(
            "expected at most "
                + MOST
                + " tokens, whose subsets are tried, got "
                + alphabet.count())
        : List.of();
  }
}
