package reprise.dsl.zoo;

import reprise.dsl.unit.Numbers;

/**
 * The share of training labels that are replaced by labels drawn at random; those of the test set
 * stay.
 *
 * @param share from 0 up to 1
 */
public record LabelNoise(double share) {
  /** All labels as they are. */
  public static final LabelNoise NONE = new LabelNoise(0);

  public LabelNoise {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "label noise: a share of the labels from 0 to 1, got " + Numbers.plain(share));
    }
  }

  @Override
  public String toString() {
    return Numbers.plain(share * 100) + " % label noise";
  }
}
