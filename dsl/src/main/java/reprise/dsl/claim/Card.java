package reprise.dsl.claim;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import reprise.dsl.unit.Checks;

/**
 * What a paper says: citation and claims. A card computes nothing and knows no run.
 *
 * @param slug the paper's id on the command line, such as {@code chinchilla}
 * @param citation the paper, followed by papers that replicate it
 * @param replications papers whose claims about the first one stand on this card too
 * @param family the family of the catalogue
 * @param summary one sentence in our own words
 * @param claims the claims, ids unique
 */
public record Card(
    String slug,
    Citation citation,
    List<Citation> replications,
    String family,
    String summary,
    List<Claim> claims) {
  public Card {
    Checks.text("slug", slug);
    Checks.present("citation", citation);
    Checks.text("family", family);
    Checks.text("summary", summary);
    replications = List.copyOf(replications);
    claims = List.copyOf(claims);
    Set<String> seen = new HashSet<>();
    for (Claim claim : claims) {
      if (!seen.add(claim.id())) {
        throw new IllegalArgumentException(
            "card '" + slug + "': the claim id '" + claim.id() + "' stands twice");
      }
    }
  }

  /**
   * The claim of that id.
   *
   * @throws IllegalArgumentException naming the ids there are
   */
  public Claim claim(String id) {
    return claims.stream()
        .filter(c -> c.id().equals(id))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "card '"
                    + slug
                    + "' has no claim '"
                    + id
                    + "'; it has "
                    + claims.stream().map(Claim::id).collect(Collectors.joining(", "))));
  }

  @Override
  public String toString() {
    return slug
        + ": "
        + citation.brief()
        + ", "
        + citation.title()
        + "; "
        + claims.size()
        + " claims";
  }
}
