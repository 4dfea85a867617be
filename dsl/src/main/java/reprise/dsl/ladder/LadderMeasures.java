package reprise.dsl.ladder;

import reprise.dsl.result.Measure;

/** What is measured of a model on a ladder, and the conditions that claims name. */
public final class LadderMeasures {
  /** Share of right answers. */
  public static final Measure SCORE = new Measure("cloze score", "share");

  /** -ln P of the true words, over the whole vocabulary. */
  public static final Measure LOSS = new Measure("cloze loss", "nats");

  /** Condition: an interval of fewer runs says little. */
  public static final String THREE_SEEDS = "at least three seeds finished";

  /** Condition: otherwise a size is read off an extrapolation. */
  public static final String INSIDE =
      "all effective sizes lie between the ladder's smallest and largest model";

  private LadderMeasures() {}
}
