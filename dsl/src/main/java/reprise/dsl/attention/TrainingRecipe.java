package reprise.dsl.attention;

import java.util.Locale;
import reprise.dsl.unit.Numbers;

/**
 * The usual remedies against unstable training.
 *
 * @param blockNorms whether the halves of a block normalise what they read; the last hidden state
 *     is normalised in any case
 * @param warmup share of the steps in which the rate rises to its peak, after which it stays
 * @param weightDecay decoupled
 */
public record TrainingRecipe(boolean blockNorms, double warmup, double weightDecay) {
  /** None of them. */
  public static final TrainingRecipe BARE = new TrainingRecipe(false, 0, 0);

  public TrainingRecipe {
    if (!(warmup >= 0 && warmup < 1 && weightDecay >= 0)) {
      throw new IllegalArgumentException(
          "expected a share of warm-up from 0 to below 1 and weight decay of at least 0, got "
              + warmup
              + " and "
              + weightDecay);
    }
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s, %s, weight decay %s",
        blockNorms ? "norms in blocks" : "no norms in blocks",
        warmup == 0 ? "no warm-up" : "warm-up " + Numbers.significant(100 * warmup, 3) + " %",
        Numbers.significant(weightDecay, 3));
  }
}
