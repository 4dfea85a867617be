package reprise.dsl.attention;

import reprise.dsl.result.Measure;

/** What is measured on a run beside its loss, and the names of its stages. */
public final class CollapseMeasures {
  /** Entropy of a head's rows, mean over rows and windows; the mean over the heads of a block. */
  public static final Measure MEAN = new Measure("attention entropy, mean of heads", "nats");

  /** The same, the least of the heads of a block. */
  public static final Measure LEAST = new Measure("attention entropy, least head", "nats");

  /**
   * Entropy of a row less {@link EntropyFloor} at its own logits, the least of all rows of all
   * looks; below zero the theorem would be broken.
   */
  public static final Measure MARGIN = new Measure("entropy less its bound", "nats");

  /** Training loss of a step above the least before it, the largest of all steps. */
  public static final Measure RISE = new Measure("rise of the training loss", "nats");

  /** Step at which the loss was no number any more, 0 where it always was. */
  public static final Measure BROKEN_AT = new Measure("loss not finite from", "step");

  /** Share of ln T below which the least head's entropy counts as collapsed. */
  public static final double COLLAPSED = 0.1;

  /** Rise of the training loss, in nats, above which a run counts as unstable. */
  public static final double SPIKE = 1;

  /** Condition: an interval of fewer runs says little. */
  public static final String THREE_SEEDS = "at least three seeds finished";

  private CollapseMeasures() {}

  /** After so many steps, in one block counted from 1. */
  public static String at(int steps, int block) {
    return "step " + steps + ", block " + block;
  }
}
