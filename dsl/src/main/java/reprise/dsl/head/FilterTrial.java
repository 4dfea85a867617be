package reprise.dsl.head;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import reprise.dsl.plan.Field;
import reprise.dsl.study.Trial;
import reprise.dsl.unit.Flops;

/**
 * One bigram model, trained from scratch or fine-tuned under one filter.
 *
 * @param model source, model and batch
 * @param phase when the filter is on
 * @param first updates from scratch; without the filter where it is on later
 * @param second further updates where it is on later
 * @param filter of the gradient
 * @param seed of source, weights and batches
 */
public record FilterTrial(
    NeedsUpdates model, Phase phase, int first, int second, Filter filter, int seed)
    implements Trial {
  /** Tokens that may follow a token more often than by Zipf's law. */
  public static final int SUCCESSORS = 4;

  /** Exponent of Zipf's law. */
  public static final double EXPONENT = 1.1;

  /** Tokens on which losses and blocks are measured. */
  public static final int HELD_OUT = 1024;

  /** Tokens that batches are drawn from. */
  public static final int DRAWN = 1 << 18;

  @Override
  public String id() {
    return (phase + "-" + filter).toLowerCase(Locale.ROOT) + "-s" + seed;
  }

  /** Of training, both phases. */
  public int updates() {
    return first + (phase == Phase.TUNING ? second : 0);
  }

  /** Five products of {@code 2 B V d} an update: forward, and two with their logits again. */
  @Override
  public Flops flops() {
    double products = 10.0 * model.vocabulary().count() * model.width().count();
    return new Flops(products * model.batch().count() * updates());
  }

  /** Embedding and head with their moments, gradients, and softmax of the tokens held out. */
  @Override
  public long numbers() {
    return (long) model.vocabulary().count() * (5L * model.width().count() + HELD_OUT);
  }

  @Override
  public String setting() {
    return "bigrams: one of 4 successors with probability 0.8, else by Zipf's law with exponent"
        + " 1.1, numbers of tokens shuffled; fine-tuning: half of the tokens with other successors;"
        + " Adam, rate 0.01, 1024 tokens held out";
  }

  @Override
  public List<Field> fields() {
    return List.of(
        Field.whole("vocabulary", model.vocabulary().count()),
        Field.whole("width", model.width().count()),
        Field.whole("batch", model.batch().count()),
        Field.words("phase", phase.word()),
        Field.whole("updates", updates()),
        Field.words("filter", filter.word()),
        Field.number("seed", seed, String.valueOf(seed)));
  }

  @Override
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (first < 1 || second < 1) {
      problems.add("expected at least 1 update in each phase, got " + first + " and " + second);
    }
    if (model.vocabulary().count() <= SUCCESSORS) {
      problems.add(
          "expected a vocabulary of more than "
              + SUCCESSORS
              + ", as many as successors, got "
              + model.vocabulary().count());
    }
    if (model.batch().count() > DRAWN / 2) {
      problems.add(
          "expected a batch of at most " + DRAWN / 2 + " tokens, got " + model.batch().count());
    }
    return problems;
  }
}
