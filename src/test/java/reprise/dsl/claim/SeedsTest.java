package reprise.dsl.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class SeedsTest {
  @Test
  void quantilesOfStudentAsTablesPrintThem() {
    assertThat(Seeds.student(1)).isEqualTo(12.706);
    assertThat(Seeds.student(9)).isEqualTo(2.262);
    assertThat(Seeds.student(11)).isCloseTo(2.201, within(1e-3));
    assertThat(Seeds.student(30)).isCloseTo(2.042, within(1e-3));
    assertThat(Seeds.student(1000)).isCloseTo(1.962, within(1e-3));
  }

  @Test
  void theMeanHasStudentsInterval() {
    Measured m = Seeds.mean(new double[] {1, 2, 3}, "draws", "how");
    // s = 1, t = 4.303
    double half = 4.303 / Math.sqrt(3);
    assertThat(m.value()).isEqualTo(2);
    assertThat(m.interval().orElseThrow().low()).isCloseTo(2 - half, within(1e-12));
    assertThat(m.interval().orElseThrow().high()).isCloseTo(2 + half, within(1e-12));
    assertThat(m.interval().orElseThrow().method()).isEqualTo("Student's t, 3 draws");
  }

  @Test
  void theRangeEnclosesTheMedianWithItsProbability() {
    Interval range =
        Seeds.range(2, new double[] {1, 2, 4}, "seeds", "how").interval().orElseThrow();
    assertThat(range.low()).isEqualTo(1);
    assertThat(range.high()).isEqualTo(4);
    assertThat(range.level()).isEqualTo(0.75);
    assertThat(range.method()).isEqualTo("range of 3 seeds");
  }

  @Test
  void oneSeedHasNoInterval() {
    assertThat(Seeds.mean(new double[] {5}, "seeds", "how").interval()).isEmpty();
    assertThat(Seeds.range(5, new double[] {5}, "seeds", "how").interval()).isEmpty();
  }

  @Test
  void anIntervalOfCorrelationsEndsAtOneAndSaysSo() {
    Measured cut = Seeds.correlations(new double[] {.7, .95, 1}, "models", "how");
    Measured whole = Seeds.mean(new double[] {.7, .95, 1}, "models", "how");
    assertThat(whole.interval().orElseThrow().high()).isGreaterThan(1);
    assertThat(cut.interval().orElseThrow().high()).isEqualTo(1);
    assertThat(cut.interval().orElseThrow().low()).isEqualTo(whole.interval().orElseThrow().low());
    assertThat(cut.interval().orElseThrow().method()).isEqualTo("Student's t, 3 models, cut at 1");
    assertThat(cut.value()).isEqualTo(whole.value());
    double[] inside = {.5, .51, .52};
    assertThat(Seeds.correlations(inside, "models", "how"))
        .isEqualTo(Seeds.mean(inside, "models", "how"));
    assertThatThrownBy(() -> Seeds.correlations(new double[] {1.2}, "models", "how"))
        .hasMessage("a correlation lies in [-1, 1], got 1.2");
  }
}
