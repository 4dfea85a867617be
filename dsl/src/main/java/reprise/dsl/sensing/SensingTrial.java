package reprise.dsl.sensing;

import java.util.ArrayList;
import java.util.List;
import reprise.dsl.plan.Field;
import reprise.dsl.study.Trial;
import reprise.dsl.unit.Flops;
import reprise.dsl.unit.Numbers;

/**
 * One descent from one draw.
 *
 * @param target the unknown matrix
 * @param rank k, columns of the factors
 * @param factors one or two
 * @param scale alpha of the first factors
 * @param measurements Gaussian matrices, or 0 where every entry is seen
 * @param iterations gradient steps
 * @param seed of the unknown matrix, the measurements and the first factors
 */
public record SensingTrial(
    NeedsRanks target,
    int rank,
    Factors factors,
    double scale,
    int measurements,
    int iterations,
    int seed)
    implements Trial {
  @Override
  public String id() {
    return "k" + rank + "-a" + Numbers.plain(scale) + "-s" + seed;
  }

  /** r, the rank of the unknown matrix. */
  public int trueRank() {
    return target.spectrum().size();
  }

  /** Step size. */
  public double rate() {
    return MatrixSensing.RATE;
  }

  /** Product, residual and gradient: {@code 6 n^2 k}, and {@code 4 n^2} a measurement. */
  @Override
  public Flops flops() {
    double squares = (double) target.size() * target.size();
    return new Flops(iterations * squares * (6.0 * rank + 4.0 * measurements));
  }

  @Override
  public long numbers() {
    return (measurements + 2L) * target.size() * target.size();
  }

  @Override
  public String setting() {
    return "unknown matrix of eigenvalues "
        + target.spectrum().stream().map(Numbers::plain).toList()
        + " in random directions, step size "
        + Numbers.plain(rate());
  }

  @Override
  public List<Field> fields() {
    return List.of(
        Field.whole("n", target.size()),
        Field.words("factors", factors.word()),
        Field.whole("k", rank),
        Field.number("alpha", scale),
        Field.number("measurements", measurements, measurements == 0 ? "all" : "" + measurements),
        Field.whole("iterations", iterations),
        Field.number("seed", seed, String.valueOf(seed)));
  }

  @Override
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (rank < trueRank() || rank > target.size()) {
      problems.add(
          "expected factors of " + trueRank() + " to " + target.size() + " columns, got " + rank);
    }
    if (!(scale > 0)) {
      problems.add("expected a positive scale, got " + Numbers.plain(scale));
    }
    if (iterations < 64) {
      problems.add("expected at least 64 iterations to see a rate, got " + iterations);
    }
    return problems;
  }
}
