package reprise.dsl.ladder;

import reprise.dsl.density.Metric;
import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Numbers;

/**
 * A cloze test on held-out text: which of several words comes next. The others are drawn as often
 * as they occur in the training text, so that frequency alone does not tell them apart; the answer
 * is the word to which a model gives the greatest probability.
 *
 * @param items questions, spread evenly over the held-out tenth
 * @param choices words to choose from, the true one among them
 * @param seed of the other words
 */
public record ClozeBenchmark(int items, int choices, int seed) {
  /** Tokens that a model sees before an item at least. */
  public static final int SEEN = 8;

  /** 6000 questions of four words. */
  public static final ClozeBenchmark STANDARD = new ClozeBenchmark(6000, 4, 1);

  public ClozeBenchmark {
    Checks.positive("items", items, "questions");
    if (choices < 2) {
      throw new IllegalArgumentException("a cloze item needs at least two words, got " + choices);
    }
  }

  /** The score: share of right answers, 1/choices for guessing. */
  public Metric metric() {
    return new Metric("cloze", 1.0 / choices);
  }

  @Override
  public String toString() {
    return "cloze: "
        + Numbers.grouped(items)
        + " held-out words, the true one among "
        + choices
        + " (seed "
        + seed
        + ")";
  }
}
