package reprise.dsl.density;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sizes are read off a ladder, flagged beyond it and refused where there are none. */
@Tag("unit")
class LadderScaleTest {
  private static final TwoStepLaw LAW = new TwoStepLaw(4, 0.2, 30, 0.2, 0.75, -2.5, 3.5, 0.25);
  private static final LadderScale SCALE = new LadderScale(1, LAW, 1, 1, 1e6, 2000, 32_000);

  @Test
  void aReferenceModelHasDensityOne() {
    for (double params : new double[] {2001, 8000, 31_999}) {
      Placement own = SCALE.place(params, SCALE.score(params));
      assertThat(own.effective()).isCloseTo(params, within(1e-6 * params));
      assertThat(own.density()).isCloseTo(1, within(1e-9));
      assertThat(own.inside()).isTrue();
      assertThat(own.note()).isEmpty();
    }
    // half of the parameters with the score of all: twice as dense
    assertThat(SCALE.place(4000, SCALE.score(8000)).density()).isCloseTo(2, within(1e-9));
  }

  @Test
  void beyondTheLadderASizeIsFlagged() {
    Placement below = SCALE.place(4000, SCALE.score(1000));
    assertThat(below.effective()).isCloseTo(1000, within(1e-6));
    assertThat(below.inside()).isFalse();
    assertThat(below.note()).isEqualTo("extrapolated: below the ladder's smallest model, 2k");
    assertThat(SCALE.place(4000, SCALE.score(64_000)).note())
        .isEqualTo("extrapolated: above the ladder's largest model, 32k");
  }

  @Test
  void aScoreWithoutASizeSaysWhy() {
    Placement guessing = SCALE.place(4000, 0.25);
    assertThat(guessing.density()).isNaN();
    assertThat(guessing.note()).isEqualTo("no size: the score 0.25 is not above guessing, 0.25");
    assertThat(SCALE.place(4000, 0.9999).note())
        .startsWith("no size: the score 0.9999 needs a loss of")
        .contains("with 1000000.0 tokens no size comes below 1.89");
  }

  @Test
  void aLadderOfOneSizeIsRefused() {
    assertThatThrownBy(() -> new LadderScale(1, LAW, 1, 1, 1e6, 2000, 2000))
        .hasMessage("a ladder needs a smallest and a largest model, got 2000.0 and 2000.0");
  }
}
