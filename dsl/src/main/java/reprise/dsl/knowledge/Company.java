package reprise.dsl.knowledge;

import reprise.dsl.unit.Numbers;

/**
 * Texts about other people between those that count (arXiv 2404.05405, section 10).
 *
 * @param perText how many for each text that counts
 * @param people about how many others; 0 for as many as can be without meeting one often
 * @param marked whether texts that count begin with a token of their own, as a domain's name does
 */
public record Company(int perText, int people, boolean marked) {
  /** As many that nobody can be remembered. */
  private static final int CROWD = 65_536;

  /** No other texts. */
  public static final Company NONE = new Company(0, 0, false);

  public Company {
    if (perText < 0 || people < 0 || perText > 0 != people > 0) {
      throw new IllegalArgumentException(
          "company: expected texts about at least one person, got "
              + perText
              + " texts about "
              + people
              + " people");
    }
  }

  /** Texts about a crowd, each of whom is met too rarely to be remembered. */
  public static Company junk(int perText) {
    return new Company(perText, CROWD, false);
  }

  /** Texts about a few people again and again. */
  public static Company repeated(int perText, int people) {
    return new Company(perText, people, false);
  }

  /** The same with the texts that count marked by a token of their own. */
  public Company markedApart() {
    return new Company(perText, people, true);
  }

  /** Such as {@code alone} or {@code 7-of-65,536-marked}. */
  public String label() {
    return perText == 0
        ? "alone"
        : perText + " of " + Numbers.grouped(people) + (marked ? ", marked" : "");
  }

  String id() {
    return perText == 0 ? "" : "-o" + perText + "of" + people + (marked ? "m" : "");
  }
}
