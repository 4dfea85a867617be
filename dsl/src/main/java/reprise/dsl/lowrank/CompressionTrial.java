package reprise.dsl.lowrank;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import reprise.dsl.plan.Field;
import reprise.dsl.study.Trial;
import reprise.dsl.unit.Flops;

/**
 * One model, trained and compressed to every rank.
 *
 * @param subject which model
 * @param ranks of the factors
 * @param iterations of training
 * @param seed of data and weights
 */
public record CompressionTrial(Subject subject, List<Integer> ranks, int iterations, int seed)
    implements Trial {
  /** Tokens of the bigram model. */
  public static final int VOCABULARY = 400;

  /** Width of its embedding. */
  public static final int WIDTH = 48;

  /** Inputs of the classifier. */
  public static final int INPUTS = 40;

  /** Its classes. */
  public static final int CLASSES = 10;

  public CompressionTrial {
    ranks = List.copyOf(ranks);
  }

  @Override
  public String id() {
    return subject.name().toLowerCase(Locale.ROOT) + "-s" + seed;
  }

  /** The largest rank there can be. */
  public int full() {
    return subject == Subject.OVERFIT ? CLASSES : WIDTH;
  }

  /** {@code 6 V^2 h} a step of the bigram model; the classifier is small. */
  @Override
  public Flops flops() {
    double step = subject == Subject.OVERFIT ? 6e4 : 6.0 * VOCABULARY * VOCABULARY * WIDTH;
    return new Flops(step * iterations);
  }

  @Override
  public long numbers() {
    return 6L * VOCABULARY * VOCABULARY;
  }

  @Override
  public String setting() {
    return "row weights: roots of the rows' Fisher information";
  }

  @Override
  public List<Field> fields() {
    return List.of(
        Field.words("model", subject.word()),
        Field.words("ranks", ranks.toString()),
        Field.whole("iterations", iterations),
        Field.number("seed", seed, String.valueOf(seed)));
  }

  @Override
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    for (int rank : ranks) {
      if (rank < 1 || rank > full()) {
        problems.add(
            "expected ranks of 1 to " + full() + " for " + subject.word() + ", got " + rank);
      }
    }
    return problems;
  }
}
