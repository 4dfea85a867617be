package reprise.dsl.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static reprise.dsl.Reprise.entropyFloor;

import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.dsl.result.Ranks;

/** The bound of theorem 3.1 (arXiv 2303.06296) and entropies. */
@Tag("unit")
class EntropyFloorTest {
  /** Computed elsewhere for 64 positions at norms 1, 4, 8 and 16. */
  @Test
  void theBoundIsThatOfOtherHands() {
    double[] norms = {1, 4, 8, 16};
    double[] bounds = {4.1437, 2.8785, 0.1765, 0.0001};
    EntropyFloor floor = new EntropyFloor(64);
    for (int i = 0; i < norms.length; i++) {
      assertThat(floor.at(norms[i])).isCloseTo(bounds[i], within(5e-5));
    }
    assertThat(floor.at(0)).isCloseTo(Math.log(64), within(1e-12));
    assertThat(new EntropyFloor(1).at(3)).isZero();
  }

  @Test
  void theNamedLogitsHaveThatNormAndEntropy() {
    for (int positions : new int[] {2, 8, 64, 256}) {
      EntropyFloor floor = new EntropyFloor(positions);
      for (double norm : new double[] {0.1, 1, 4, 8, 16}) {
        double[] logits = floor.attaining(norm);
        assertThat(EntropyFloor.norm(logits)).isCloseTo(norm, within(1e-12 * norm));
        assertThat(Arrays.stream(logits).sum()).isCloseTo(0, within(1e-11));
        assertThat(EntropyFloor.entropy(logits)).isCloseTo(floor.at(norm), within(1e-13));
      }
    }
  }

  @Test
  void logitsAwayFromTheNamedOnesHaveMoreEntropy() {
    EntropyFloor floor = new EntropyFloor(8);
    double[] two = floor.attaining(4);
    two[1] = two[0]; // two large ones in place of one
    assertThat(EntropyFloor.entropy(two)).isGreaterThan(floor.at(EntropyFloor.norm(two)) + 0.1);
  }

  @Test
  void entropyIsThatOfSoftmax() {
    assertThat(EntropyFloor.entropy(3, 3, 3, 3)).isCloseTo(Math.log(4), within(1e-15));
    assertThat(EntropyFloor.entropy(7)).isZero();
    // p = 3/4, 1/4
    double expected = -(0.75 * Math.log(0.75) + 0.25 * Math.log(0.25));
    assertThat(EntropyFloor.entropy(Math.log(3), 0)).isCloseTo(expected, within(1e-15));
    assertThat(EntropyFloor.entropy(1e4, 0, -1e4)).isZero();
    assertThat(EntropyFloor.norm(5, 1)).isCloseTo(Math.sqrt(8), within(1e-15));
  }

  @Test
  void ranksCorrelate() {
    assertThat(Ranks.correlation(new double[] {1, 2, 9}, new double[] {5, 4, -7})).isEqualTo(-1);
    double infinite = Double.POSITIVE_INFINITY;
    assertThat(Ranks.correlation(new double[] {1, 2, 3}, new double[] {0, infinite, 9}))
        .isCloseTo(0.5, within(1e-15));
    // ties share 2.5: ranks 1, 2.5, 2.5 against 1, 2, 3
    assertThat(Ranks.correlation(new double[] {1, 2, 2}, new double[] {1, 2, 3}))
        .isCloseTo(1.5 / Math.sqrt(1.5 * 2), within(1e-15));
    assertThat(Ranks.correlation(new double[] {1, 1}, new double[] {1, 2})).isNaN();
  }

  @Test
  void whatHasNoBoundIsRefused() {
    assertThatThrownBy(() -> new EntropyFloor(0)).hasMessageContaining("positions");
    assertThatThrownBy(() -> entropyFloor(1).plan())
        .hasMessageContaining("expected at least 2 positions, of one every entropy is 0, got 1");
    assertThatThrownBy(() -> entropyFloor(8).norms(-1.0)).hasMessageContaining("norm");
  }
}
