package reprise.dsl.scaling;

import java.util.List;
import java.util.Optional;
import reprise.dsl.claim.Check;
import reprise.dsl.claim.Claim;
import reprise.dsl.claim.Measured;
import reprise.dsl.claim.Rule;
import reprise.dsl.claim.Rules;
import reprise.dsl.claim.Verdict;

/**
 * Whether a fitted irreducible loss is the entropy: the interval of {@code E - h} decides, and a
 * support must also be closer to the entropy than the best run, since an interval alone may be
 * wide.
 */
record EntropyRule() implements Rule {
  private static final Rule INTERVAL = Rules.intervalContainsClaim();

  @Override
  public String text() {
    return "supported when the measured interval contains the claimed number and "
        + ScalingClaims.CLOSE
        + ", inconclusive when it contains the number but |E - h| is not smaller, else contradicted";
  }

  @Override
  public boolean needsExpected() {
    return true;
  }

  @Override
  public Verdict decide(Claim claim, Measured measured) {
    Verdict byInterval = INTERVAL.decide(claim, measured);
    Check close = check(measured);
    return byInterval instanceof Verdict.Supported && !close.held()
        ? new Verdict.Inconclusive(
            claim, Optional.of(measured), byInterval.reason() + ", but " + close.detail())
        : byInterval;
  }

  private static Check check(Measured measured) {
    List<Check> found =
        measured.checks().stream().filter(c -> c.condition().equals(ScalingClaims.CLOSE)).toList();
    if (found.isEmpty()) {
      throw new IllegalStateException(
          "the measurement does not report whether " + ScalingClaims.CLOSE);
    }
    return found.getFirst();
  }
}
