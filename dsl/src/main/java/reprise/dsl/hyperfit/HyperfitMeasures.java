package reprise.dsl.hyperfit;

import reprise.dsl.generation.Decoding;
import reprise.dsl.generation.Stage;
import reprise.dsl.result.Measure;

/** What is measured on hyperfitting beside the texts, and the names of its stages. */
public final class HyperfitMeasures {
  /** Mean loss over the epoch that ended. */
  public static final Measure TRAINING_LOSS = new Measure("training loss", "nats/token");

  /** Held-out positions on which two orders of the data lead to the same most probable token. */
  public static final Measure AGREEMENT = new Measure("top-1 agreement", "share");

  /** The temperature at which the original has the hyperfitted model's entropy. */
  public static final Measure MATCHED = new Measure("matched temperature", "");

  /** The model after its last update, in the first order of the data. */
  public static final String HYPERFITTED = "hyperfitted";

  /** Condition: the range of fewer seeds says little. */
  public static final String THREE_SEEDS = "at least three seeds finished";

  /** Condition: without it the model is fine-tuned, not hyperfitted. */
  public static final String NEAR_ZERO =
      "the training loss ends below 0.1 nats per token in every seed";

  /** Greedy decoding. */
  public static final Decoding GREEDY = new Decoding.Greedy();

  /** Greedy decoding that never completes five tokens of the set. */
  public static final Decoding BLOCKED = GREEDY.blocking();

  /** Drawn from the original at the matched temperature. */
  public static final Stage MATCHED_DRAWS = new Stage(Stage.ORIGINAL, "matched temperature");

  private HyperfitMeasures() {}

  /** After an epoch in the first order. */
  public static String epoch(int number) {
    return "epoch " + number;
  }

  /** Fully fitted in another order of the data. */
  public static String order(int number) {
    return number == 1 ? HYPERFITTED : "order " + number;
  }

  /** Fully fitted to fewer windows. */
  public static String windows(int count) {
    return count + " windows";
  }
}
