package reprise.dsl.zoo;

import reprise.dsl.result.Measure;

/**
 * Which similarity of models decides between IV-A and IV-B. The two papers use different ones,
 * whose values cannot be compared.
 */
public enum Similarity {
  /** Logits on test examples, as in 2504.18072. */
  LOGITS(ZooMeasures.LOGIT_CKA),
  /** Probabilities on mixed training examples, as in 2107.11228. */
  SOFTMAX_ON_MIXUP(ZooMeasures.MIXUP_CKA);

  private final Measure measure;

  Similarity(Measure measure) {
    this.measure = measure;
  }

  /** The measure of a pair. */
  public Measure measure() {
    return measure;
  }
}
