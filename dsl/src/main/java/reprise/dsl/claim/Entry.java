package reprise.dsl.claim;

import java.util.List;
import java.util.Locale;
import reprise.dsl.unit.Checks;

/**
 * One paper of the catalogue: what it claims and what would test it. An entry is not yet a {@link
 * Card}: it has no rules, so it gets no verdict.
 *
 * @param slug its id on the command line
 * @param title of the paper
 * @param date of the first version; year and month at least
 * @param arxiv its id there
 * @param certain whether that id was checked; otherwise it is the likely one
 * @param family of the catalogue
 * @param reach what a machine can test of it
 * @param claim the headline with the paper's number, in our own words
 * @param test what would test it, at which scale, and what would refute it
 * @param primitives what the test computes, in the catalogue's short names
 * @param minutes estimated for the test on two cores
 * @param needs what it needs that Reprise does not ship; empty for nothing
 */
public record Entry(
    String slug,
    String title,
    String date,
    String arxiv,
    boolean certain,
    String family,
    Reach reach,
    String claim,
    String test,
    List<String> primitives,
    int minutes,
    String needs) {
  /** What a machine can test of a paper. */
  public enum Reach {
    /** The claim itself, or its trend, on two cores. */
    CORE,
    /** A faithful small experiment on two cores. */
    SMALL,
    /** A proxy on two cores, or the claim itself with weights or data from elsewhere. */
    PROXY,
    /** Published numbers at most: it needs people, a cluster, or data that is closed. */
    CARD;

    /** As the command line names it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Entry {
    Checks.text("slug", slug);
    Checks.text("title", title);
    Checks.text("date", date);
    Checks.text("arXiv id", arxiv);
    Checks.text("family", family);
    Checks.present("reach", reach);
    Checks.text("claim", claim);
    Checks.text("test", test);
    primitives = List.copyOf(primitives);
  }

  /** Year of the first version. */
  public int year() {
    return Integer.parseInt(date.substring(0, 4));
  }

  /** Whether every word stands somewhere in the entry, whatever its case. */
  public boolean mentions(List<String> words) {
    String all =
        String.join(" ", slug, title, arxiv, family, claim, test, String.join(" ", primitives))
            .toLowerCase(Locale.ROOT);
    return words.stream().allMatch(word -> all.contains(word.toLowerCase(Locale.ROOT)));
  }

  @Override
  public String toString() {
    return slug + ": " + title + " (" + year() + ", arXiv " + arxiv + ")";
  }
}
