package reprise.dsl.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The closed forms of Ghorbani et al. 2021 against the law itself. */
@Tag("unit")
class TranslationLawTest {
  private static final double[] CONSTANTS = {1.2, 1.1, .18, .34};
  private static final Translation LAW = new Translation(2e6, 3e6);

  @ParameterizedTest
  @ValueSource(doubles = {1e6, 4e7, 3e9})
  void theBestSplitIsTheLeastOfTheLaw(double total) {
    double[] best = LAW.optimum(CONSTANTS, total);
    assertThat(best[0] + best[1]).isCloseTo(total, within(1e-9 * total));
    assertThat(best[0] / total).isCloseTo(.18 / .52, within(1e-12));
    double least = LAW.predict(CONSTANTS, best);
    assertThat(LAW.bestLoss(CONSTANTS, total)).isCloseTo(least, within(1e-12 * least));
    for (double share = .02; share < 1; share += .02) {
      double loss = LAW.predict(CONSTANTS, share * total, (1 - share) * total);
      assertThat(loss).isGreaterThanOrEqualTo(least);
      // (loss - L_inf) / (least - L_inf) - 1
      assertThat(LAW.excessOfSplit(CONSTANTS, share))
          .isCloseTo((loss - 1.1) / (least - 1.1) - 1, within(1e-9));
    }
  }

  @Test
  void withoutPositiveExponentsThereIsNoBestSplit() {
    assertThatThrownBy(() -> LAW.optimum(new double[] {1, 1, -.1, .3}, 1e6))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there is a best split only for positive exponents, got p_e = -0.1, p_d = 0.3");
  }

  @Test
  void itsOwnObjectiveIsThatOfThePaper() {
    assertThat(LAW.objective().text()).isEqualTo("soft L1, turning at 1.0, raw loss");
    assertThatThrownBy(() -> Objective.softL1(0))
        .hasMessage("soft L1 turns at a positive, finite residual, got 0.0");
  }

  /** Where the law has no best split the best of those tried is at an end. */
  @Test
  void withinARangeTheBestSplitMayBeAnEnd() {
    assertThat(LAW.excessWithin(CONSTANTS, .4, .1, .9))
        .isCloseTo(LAW.excessOfSplit(CONSTANTS, .4), within(1e-12));
    double[] falling = {1.2, 1.1, -.1, .3};
    // the less encoder the better, down to a quarter
    double here = LAW.predict(falling, .5e6, .5e6) - 1.1;
    double end = LAW.predict(falling, .25e6, .75e6) - 1.1;
    assertThat(LAW.excessWithin(falling, .5, .25, .75)).isCloseTo(here / end - 1, within(1e-12));
  }
}
