package reprise.dsl.zoo;

import reprise.dsl.result.Measure;

/** Where the middle point of a connecting curve begins before it is trained. */
public enum CurveStart {
  /** Halfway between the models, as the code of 2504.18072 does. */
  HALFWAY(ZooMeasures.CURVE),
  /** At a fresh initialisation, as the released code of 2107.11228 does. */
  RANDOM(ZooMeasures.RANDOM_CURVE);

  private final Measure measure;

  CurveStart(Measure measure) {
    this.measure = measure;
  }

  /** The measure of a pair. */
  public Measure measure() {
    return measure;
  }
}
