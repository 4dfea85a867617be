package reprise.dsl.int8;

import java.util.List;

/**
 * A study of eight-bit products that still needs its outliers: continue with {@link #outliers}.
 *
 * @param rows T of X [T, h]
 * @param width h of X [T, h] and W [h, h]
 */
public record NeedsOutliers(int rows, int width) {
  /**
   * Columns of X whose values are of that magnitude; 0 for none. Each magnitude is a product of its
   * own.
   *
   * @param columns how many columns
   * @param magnitudes absolute values, with one part in ten of jitter
   */
  public ProductStudy outliers(int columns, Double... magnitudes) {
    return new ProductStudy(this, columns, List.of(magnitudes), 3);
  }
}
