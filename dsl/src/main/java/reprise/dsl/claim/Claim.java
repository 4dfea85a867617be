package reprise.dsl.claim;

import java.util.Optional;
import reprise.dsl.unit.Checks;

/**
 * One sentence that can be right or wrong, with the number it states and the rule that decides. The
 * rule stands in the card before anything runs.
 *
 * @param id short name, unique in its card, such as {@code refit-alpha}
 * @param sentence the claim in one sentence, in our own words
 * @param origin who says it
 * @param expected the number it states; empty where the claim is about a direction alone
 * @param rule what decides
 */
public record Claim(
    String id, String sentence, Origin origin, Optional<Expected> expected, Rule rule) {

  /** Who makes a claim. */
  public enum Origin {
    /** The paper itself. */
    PAPER,
    /** Ours: the part of a paper's claim that can be tested at this scale. */
    REPRISE
  }

  public Claim {
    Checks.text("claim id", id);
    if (!id.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
      throw new IllegalArgumentException(
          "claim id must be lower-case words joined by '-', got '" + id + "'");
    }
    Checks.text("claim sentence", sentence);
    Checks.present("claim origin", origin);
    Checks.present("claim rule", rule);
    if (rule.needsExpected() && expected.isEmpty()) {
      throw new IllegalArgumentException(
          "claim '" + id + "': the rule '" + rule.text() + "' needs the number that is claimed");
    }
  }

  /** A claim of the paper with its number. */
  public static Claim paper(String id, String sentence, Expected expected, Rule rule) {
    return new Claim(id, sentence, Origin.PAPER, Optional.of(expected), rule);
  }

  /** A claim of the paper about a direction. */
  public static Claim paper(String id, String sentence, Rule rule) {
    return new Claim(id, sentence, Origin.PAPER, Optional.empty(), rule);
  }

  /** A claim of our own, with a number known beforehand. */
  public static Claim ours(String id, String sentence, Expected expected, Rule rule) {
    return new Claim(id, sentence, Origin.REPRISE, Optional.of(expected), rule);
  }

  /** A claim of our own about a direction. */
  public static Claim ours(String id, String sentence, Rule rule) {
    return new Claim(id, sentence, Origin.REPRISE, Optional.empty(), rule);
  }
}
