package reprise.kernel.render;

import java.util.stream.Collectors;
import reprise.dsl.claim.Card;
import reprise.dsl.claim.Citation;
import reprise.dsl.claim.Claim;
import reprise.dsl.claim.Expected;

/** What a paper says, as HTML and text. */
final class Cards {
  private Cards() {}

  static String html(Card card) {
    StringBuilder out = new StringBuilder("<p><b>");
    out.append(Html.escape(card.citation().title()))
        .append("</b><br>")
        .append(citation(card.citation()))
        .append("</p>")
        .append(Html.of("p", card.summary()))
        .append(
            "<table><thead><tr><th>claim</th><th>claimed</th><th>rule</th></tr></thead><tbody>");
    for (Claim claim : card.claims()) {
      out.append("<tr><td>")
          .append(Html.escape(claim.sentence()))
          .append(Html.of("div", "m", claim.id()))
          .append("</td><td>")
          .append(
              claim
                  .expected()
                  .map(e -> Html.escape(e.toString()) + Html.of("div", "m", e.where()))
                  .orElse(Html.of("span", "m", "a direction")))
          .append("</td>")
          .append(Html.of("td", "m", claim.rule().text()))
          .append("</tr>");
    }
    return out.append("</tbody></table>").toString();
  }

  static String text(Card card) {
    return card
        + "\n"
        + card.claims().stream()
            .map(c ->
                "  "
                    + c.id()
                    + ": "
                    + c.sentence()
                    + c.expected().map(Expected::toString).map(e -> " [" + e + "]").orElse(""))
            .collect(Collectors.joining("\n"));
  }

  /** Authors, year and a link to the paper. */
  static String citation(Citation citation) {
    String who = String.join(", ", citation.authors()) + " (" + citation.year() + ").";
    if (citation.arxiv().isEmpty()) {
      return Html.escape(who);
    }
    String id = Html.escape(citation.arxiv());
    return Html.escape(who) + " <a href=\"https://arxiv.org/abs/" + id + "\">arXiv " + id + "</a>";
  }
}
