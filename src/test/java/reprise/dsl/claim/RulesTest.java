package reprise.dsl.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("claim")
class RulesTest {
  private static final Expected HALF = Expected.number(0.5, "exponent", "table 2");

  private static Claim claim(Rule rule) {
    return Claim.paper("exponent", "The exponent is one half.", HALF, rule);
  }

  private static Measured interval(double value, double low, double high) {
    return Measured.of(value, new Interval(low, high, 0.95, "bootstrap"), "a fit");
  }

  private static Verdict judge(Rule rule, Measured measured) {
    return rule.judge(claim(rule), measured);
  }

  @Test
  void withinComparesRelativeError() {
    Verdict near = judge(Rules.within(0.01), Measured.exactly(0.504, "a fit"));
    assertThat(near).isInstanceOf(Verdict.Supported.class);
    assertThat(near.reason()).isEqualTo("0.504 is 0.8 % from 0.5");
    assertThat(judge(Rules.within(0.01), Measured.exactly(0.506, "a fit")))
        .isInstanceOf(Verdict.Contradicted.class);
  }

  @Test
  void intervalRulesLookAtTheIntervalNotTheNumber() {
    Rule contains = Rules.intervalContainsClaim();
    assertThat(judge(contains, interval(0.6, 0.45, 0.7))).isInstanceOf(Verdict.Supported.class);
    Verdict out = judge(contains, interval(0.6, 0.55, 0.7));
    assertThat(out).isInstanceOf(Verdict.Contradicted.class);
    assertThat(out.reason()).isEqualTo("[0.55, 0.7] excludes 0.5");
    Rule excludes = Rules.intervalExcludesClaim();
    assertThat(judge(excludes, interval(0.6, 0.55, 0.7))).isInstanceOf(Verdict.Supported.class);
    assertThat(judge(excludes, interval(0.6, 0.45, 0.7))).isInstanceOf(Verdict.Contradicted.class);
  }

  @Test
  void intervalRulesRefuseAMeasurementWithoutOne() {
    assertThatThrownBy(
            () -> judge(Rules.intervalContainsClaim(), Measured.exactly(0.5, "one number")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "claim 'exponent': its rule needs a measured interval, and the measurement has none");
  }

  @Test
  void betweenHasThreeAnswers() {
    Rule rule = Rules.between(0.35, 0.65);
    assertThat(judge(rule, interval(0.5, 0.4, 0.6))).isInstanceOf(Verdict.Supported.class);
    assertThat(judge(rule, interval(0.8, 0.7, 0.9))).isInstanceOf(Verdict.Contradicted.class);
    Verdict across = judge(rule, interval(0.6, 0.5, 0.7));
    assertThat(across).isInstanceOf(Verdict.Inconclusive.class);
    assertThat(across.reason()).isEqualTo("0.6 [0.5, 0.7] reaches across the ends of [0.35, 0.65]");
  }

  @Test
  void atLeastHasThreeAnswers() {
    Rule rule = Rules.atLeast(3);
    assertThat(judge(rule, Measured.exactly(3, "budgets"))).isInstanceOf(Verdict.Supported.class);
    assertThat(judge(rule, Measured.exactly(2, "budgets")))
        .isInstanceOf(Verdict.Contradicted.class);
    assertThat(judge(rule, interval(3, 2, 4))).isInstanceOf(Verdict.Inconclusive.class);
  }

  @Test
  void atMostHasThreeAnswers() {
    Rule rule = Rules.atMost(0.5);
    assertThat(judge(rule, interval(-0.7, -2, 0.5))).isInstanceOf(Verdict.Supported.class);
    Verdict above = judge(rule, interval(0.8, 0.6, 1));
    assertThat(above).isInstanceOf(Verdict.Contradicted.class);
    assertThat(above.reason()).isEqualTo("0.8 [0.6, 1] is above 0.5");
    assertThat(judge(rule, interval(0.5, 0.4, 0.6))).isInstanceOf(Verdict.Inconclusive.class);
    assertThat(rule.text())
        .isEqualTo(
            "supported when the whole measured interval is at most 0.5, contradicted when all of"
                + " it is above, else inconclusive");
  }

  @Test
  void aFailedConditionDecidesNothing() {
    Rule rule = Rules.intervalContainsClaim().provided("the interval is narrow");
    Measured wide = interval(0.5, 0, 1).check("the interval is narrow", false, "it is 1 wide");
    Verdict verdict = judge(rule, wide);
    assertThat(verdict).isInstanceOf(Verdict.Inconclusive.class);
    assertThat(verdict.reason())
        .isEqualTo("not decided, since it does not hold that the interval is narrow: it is 1 wide");
    assertThat(rule.text()).endsWith("provided that the interval is narrow");
  }

  @Test
  void aConditionThatIsNotReportedIsAMistake() {
    Rule rule = Rules.atLeast(1).provided("the run converged");
    assertThatThrownBy(() -> judge(rule, Measured.exactly(2, "runs")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "claim 'exponent': the measurement does not report the condition 'the run converged';"
                + " it reports []");
  }

  @Test
  void aRuleThatNeedsANumberRefusesAClaimWithout() {
    assertThatThrownBy(() -> Claim.paper("trend", "It falls.", Rules.within(0.1)))
        .hasMessage(
            "claim 'trend': the rule 'supported when the measured number is within 10 % of the"
                + " claimed one, else contradicted' needs the number that is claimed");
  }

  @Test
  void aVerdictPrintsOnOneLine() {
    Verdict verdict = judge(Rules.intervalContainsClaim(), interval(0.51, 0.48, 0.55));
    assertThat(verdict.line())
        .isEqualTo(
            "supported     exponent                      claimed 0.5 exponent,"
                + " measured 0.51 [0.48, 0.55]");
  }
}
