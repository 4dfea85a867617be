package reprise.dsl.reasoning;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import reprise.dsl.plan.Field;
import reprise.dsl.study.Trial;
import reprise.dsl.unit.Flops;

/**
 * One head, trained once.
 *
 * @param world subjects and classes
 * @param head factorised or merged
 * @param shown subjects of each class whose implication is trained
 * @param spurious whether facts imply something drawn at random
 * @param iterations of gradient descent
 * @param seed of the weights and of what implies what
 */
public record ReasoningTrial(
    NeedsHeads world, Head head, int shown, boolean spurious, int iterations, int seed)
    implements Trial {
  /** Rows of {@code W_V}. */
  public static final int HIDDEN = 64;

  /** Step size of gradient descent. */
  public static final double RATE = 0.5;

  /** Standard deviation of the first weights. */
  public static final double START = 0.05;

  @Override
  public String id() {
    return head.name().toLowerCase(Locale.ROOT) + "-s" + seed;
  }

  /** Trained questions. */
  public int questions() {
    return world.subjects() + shown * world.classes();
  }

  /** Two products forward, twice that backward. */
  @Override
  public Flops flops() {
    double answers = 2.0 * world.classes();
    double step = questions() * HIDDEN * (2 + 2 * answers);
    return new Flops(3 * step * iterations);
  }

  @Override
  public long numbers() {
    return (long) HIDDEN * (world.subjects() + 2 + 2L * world.classes());
  }

  @Override
  public String setting() {
    return "full-batch gradient descent, step size 0.5, weights 0.05 N(0, 1), hidden width 64";
  }

  @Override
  public List<Field> fields() {
    return List.of(
        Field.words("head", head.word()),
        Field.whole("subjects", world.subjects()),
        Field.whole("classes", world.classes()),
        Field.whole("shown", shown),
        Field.words("implied", spurious ? "at random" : "class by class"),
        Field.whole("iterations", iterations),
        Field.number("seed", seed, String.valueOf(seed)));
  }

  @Override
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (world.classes() < 2 || world.subjects() % world.classes() != 0) {
      problems.add(
          "expected at least 2 classes that divide the subjects, got "
              + world.classes()
              + " and "
              + world.subjects());
    } else if (shown < 1 || shown >= world.subjects() / world.classes()) {
      problems.add(
          "expected 1 to "
              + (world.subjects() / world.classes() - 1)
              + " shown subjects of each class, for some must be left to ask, got "
              + shown);
    }
    if (iterations < 1) {
      problems.add("expected at least one iteration, got " + iterations);
    }
    return problems;
  }
}
