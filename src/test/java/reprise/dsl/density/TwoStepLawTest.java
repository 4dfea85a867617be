package reprise.dsl.density;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Equations 2 to 4 of the densing law, and what follows by arithmetic. */
@Tag("unit")
class TwoStepLawTest {
  private static final double TOKENS = 1e12;
  private static final TwoStepLaw LAW = new TwoStepLaw(20, 0.1, 30, 0.12, 0.7, -2.5, 2.1, 0.25);

  @Test
  void theSizeOfAScoreGivesTheScoreBack() {
    double before = 0;
    for (double params = 1e7; params < 1e12; params *= 3) {
      double score = LAW.score(LAW.loss(params, TOKENS));
      assertThat(score).isGreaterThan(before).isBetween(0.25, 0.95);
      assertThat(LAW.effective(score, TOKENS) / params).isCloseTo(1, within(1e-9));
      assertThat(LAW.outside(score, TOKENS)).isEmpty();
      before = score;
    }
  }

  @Test
  void outsideItsDomainAScoreHasNoSizeAndTheReasonIsSaid() {
    assertThat(LAW.effective(0.25, TOKENS)).isNaN();
    assertThat(LAW.outside(0.25, TOKENS)).isEqualTo("the score 0.25 is not above guessing, 0.25");
    assertThat(LAW.effective(0.95, TOKENS)).isNaN();
    assertThat(LAW.outside(0.95, TOKENS))
        .startsWith("the score 0.95 is not below the largest that the law gives, 0.95");
    // an endless model still pays for its tokens: b D^-beta = 1.09
    double best = LAW.score(LAW.loss(1e300, TOKENS));
    assertThat(LAW.effective(best + 1e-3, TOKENS)).isNaN();
    assertThat(LAW.outside(best + 1e-3, TOKENS)).contains("no size comes below 1.0");
  }

  @Test
  void aLawThatFallsTheWrongWayIsRefused() {
    assertThatThrownBy(() -> new TwoStepLaw(20, 0.1, 30, 0.12, 0.7, 2.5, 2.1, 0.25))
        .hasMessageStartingWith(
            "two-step law: a, alpha, b, beta, c must be positive and gamma negative, got a = 20.0");
  }

  @Test
  void arithmeticOfDoublingTimes() {
    // 20 / 0.075 = 266.7 = 2^8.06
    assertThat(Corollary.halving(20, 0.075, 20)).isCloseTo(2.4817, within(1e-4));
    // 1/T = 1/100 + 1/767 and 1/95 + 1/767
    assertThat(Corollary.together(100, 767)).isCloseTo(88.47, within(0.01));
    assertThat(Corollary.together(95, 767)).isCloseTo(84.53, within(0.01));
    assertThatThrownBy(() -> Corollary.halving(1, 2, 20))
        .hasMessage(
            "a halving time needs a price that fell over some time, got 1.0 to 2.0 in 20.0");
  }

  @Test
  void aLogitIsTurnedBack() {
    assertThat(Metric.MMLU.score(Metric.MMLU.logit(0.6))).isCloseTo(0.6, within(1e-12));
    assertThat(Metric.MMLU.informative(0.26)).isFalse();
    assertThat(Metric.MMLU.informative(Double.NaN)).isFalse();
    assertThatThrownBy(() -> new Scored("m", reprise.dsl.Reprise.params(1e9), 52, null))
        .hasMessageContaining("date of m");
  }
}
