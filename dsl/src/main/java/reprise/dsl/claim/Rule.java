package reprise.dsl.claim;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import reprise.dsl.unit.Numbers;

/**
 * The rule that turns a measurement into a verdict, stated in the card before the run. Standard
 * rules are in {@link Rules}; a paper may bring its own.
 */
public interface Rule {
  /** The rule as a sentence that begins with a lower-case word. */
  String text();

  /** Whether the claim must state a number for this rule. */
  boolean needsExpected();

  /** Decides; called only when every condition of {@link #conditions()} held. */
  Verdict decide(Claim claim, Measured measured);

  /** Conditions that the measurement must report; when one fails the verdict is Inconclusive. */
  default List<String> conditions() {
    return List.of();
  }

  /** This rule under further conditions. */
  default Rule provided(String... conditions) {
    return new Provided(this, List.of(conditions));
  }

  /** Whether a run could decide at all; {@link Rules#outOfReach} says no. */
  default Optional<String> unreachable() {
    return Optional.empty();
  }

  /**
   * The verdict on a measurement: conditions first, then the rule.
   *
   * @throws IllegalStateException when the measurement does not report a condition of the rule
   */
  default Verdict judge(Claim claim, Measured measured) {
    for (String condition : conditions()) {
      Check check =
          measured.checks().stream()
              .filter(c -> c.condition().equals(condition))
              .findFirst()
              .orElseThrow(() ->
                  new IllegalStateException(
                      "claim '"
                          + claim.id()
                          + "': the measurement does not report the condition '"
                          + condition
                          + "'; it reports "
                          + Arrays.toString(
                              measured.checks().stream().map(Check::condition).toArray())));
      if (!check.held()) {
        return new Verdict.Inconclusive(
            claim,
            Optional.of(measured),
            "not decided, since it does not hold that " + condition + ": " + check.detail());
      }
    }
    return decide(claim, measured);
  }

  /** A rule under conditions. */
  record Provided(Rule rule, List<String> conditions) implements Rule {
    public Provided {
      conditions = List.copyOf(conditions);
    }

    @Override
    public String text() {
      return rule.text() + ", provided that " + String.join(" and that ", conditions);
    }

    @Override
    public boolean needsExpected() {
      return rule.needsExpected();
    }

    @Override
    public Verdict decide(Claim claim, Measured measured) {
      return rule.decide(claim, measured);
    }
  }

  /** Numbers as rules print them. */
  static String number(double value) {
    return Numbers.significant(value, 5);
  }
}
