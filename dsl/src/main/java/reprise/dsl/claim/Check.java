package reprise.dsl.claim;

import reprise.dsl.unit.Checks;

/**
 * A condition on a measurement without which its number decides nothing.
 *
 * @param condition what must hold, in the words of the rule
 * @param held whether it held
 * @param detail the figures behind it
 */
public record Check(String condition, boolean held, String detail) {
  public Check {
    Checks.text("check condition", condition);
  }
}
