package reprise.dsl.knowledge;

import reprise.dsl.result.Measure;

/** What is read of a model's knowledge; the stage of a reading is its {@link Precision#word}. */
public final class CapacityMeasures {
  /** p_1. */
  public static final Measure NAME_LOSS = new Measure("name loss p1", "nats");

  /** p_2. */
  public static final Measure VALUE_LOSS = new Measure("value loss p2", "nats");

  /** p_3. */
  public static final Measure FIRST_CHUNK_LOSS = new Measure("first-chunk loss p3", "nats");

  /** Values all of whose tokens are the most probable ones. */
  public static final Measure VALUES_RIGHT = new Measure("values right", "share");

  private CapacityMeasures() {}
}
