package reprise.dsl.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.dsl.scaling.ScalingClaims;

/** The rule on E - h has a verdict for each of its cases. */
@Tag("claim")
class EntropyRuleTest {
  private static final Claim CLAIM = ScalingClaims.IRREDUCIBLE_IS_ENTROPY;

  private static Verdict judge(double low, double high, boolean close, boolean saturated) {
    Measured measured =
        Measured.of((low + high) / 2, new Interval(low, high, 0.95, "bootstrap"), "a fit")
            .check("|E - h| is smaller than the best run's excess", close, "0.02 against 0.03")
            .check("the best run stays at least 0.01 nats above the entropy", !saturated, "0.002")
            .check("the interval of E is narrower than the range of the losses", true, "yes");
    return CLAIM.rule().judge(CLAIM, measured);
  }

  @Test
  void fourCases() {
    assertThat(judge(-0.01, 0.02, true, false)).isInstanceOf(Verdict.Supported.class);
    assertThat(judge(0.01, 0.04, true, false)).isInstanceOf(Verdict.Contradicted.class);
    assertThat(judge(0.01, 0.04, false, false)).isInstanceOf(Verdict.Contradicted.class);
    Verdict far = judge(-0.3, 0.2, false, false);
    assertThat(far).isInstanceOf(Verdict.Inconclusive.class);
    assertThat(far.reason()).isEqualTo("[-0.3, 0.2] contains 0, but 0.02 against 0.03");
    Verdict saturated = judge(-0.01, 0.02, true, true);
    assertThat(saturated).isInstanceOf(Verdict.Inconclusive.class);
    assertThat(saturated.reason()).contains("at least 0.01 nats above the entropy: 0.002");
  }

  @Test
  void aMeasurementThatSaysNothingOfClosenessIsAMistake() {
    Measured bare =
        Measured.of(0, new Interval(-1, 1, 0.95, "bootstrap"), "a fit")
            .check("the best run stays at least 0.01 nats above the entropy", true, "0.02")
            .check("the interval of E is narrower than the range of the losses", true, "yes");
    assertThatThrownBy(() -> CLAIM.rule().judge(CLAIM, bare))
        .hasMessage(
            "the measurement does not report whether |E - h| is smaller than the best run's"
                + " excess");
  }
}
