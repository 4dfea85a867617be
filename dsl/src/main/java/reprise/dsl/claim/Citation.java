package reprise.dsl.claim;

import java.util.List;
import reprise.dsl.unit.Checks;

/**
 * Where a paper is found.
 *
 * @param title its title
 * @param authors family names in the paper's order, or the first and "et al."
 * @param year of the first version
 * @param arxiv identifier such as {@code 2203.15556}, or an empty text
 */
public record Citation(String title, List<String> authors, int year, String arxiv) {
  public Citation {
    Checks.text("title", title);
    authors = List.copyOf(authors);
    if (authors.isEmpty()) {
      throw new IllegalArgumentException("a citation needs at least one author");
    }
  }

  /** {@code Hoffmann et al. 2022}. */
  public String brief() {
    String who =
        authors.size() == 1
            ? authors.getFirst()
            : authors.size() == 2
                ? authors.getFirst() + " and " + authors.getLast()
                : authors.getFirst() + " et al.";
    return who + " " + year;
  }

  /** One line of a reference list. */
  @Override
  public String toString() {
    return String.join(", ", authors)
        + " ("
        + year
        + "). "
        + title
        + (arxiv.isEmpty() ? "." : ". arXiv " + arxiv + ".");
  }
}
