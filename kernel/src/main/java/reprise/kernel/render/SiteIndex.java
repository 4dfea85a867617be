package reprise.kernel.render;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import reprise.dsl.claim.Entry;
import reprise.dsl.claim.Verdict;
import reprise.dsl.repro.Reproduced;

/** The first page of the site: papers by family, with a search that runs in the reader's page. */
final class SiteIndex {
  private SiteIndex() {}

  static String html(List<Reproduced> replayed, List<Entry> catalogue, String version) {
    StringBuilder out = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\"><head>");
    out.append("<meta charset=\"utf-8\">")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
        .append(Html.of("title", "Reprise: papers, replayed"))
        .append("<style>")
        .append(Style.page())
        .append(Style.site())
        .append("</style></head><body><main class=\"rp\">")
        .append(Html.of("p", "kicker", "Reprise " + version))
        .append(Html.of("h1", "Papers, replayed"))
        .append(
            Html.of(
                "p",
                "lead",
                (replayed.size() == 1
                        ? "1 paper has a verdict on each of its claims"
                        : replayed.size() + " papers have a verdict on each of their claims")
                    + ", recorded at laptop scale. "
                    + catalogue.size()
                    + " papers are in the catalogue; one without a reproduction says so."))
        .append(
            "<p><input id=\"search\" type=\"search\" placeholder=\"search titles and claims\""
                + " aria-label=\"search titles and claims\"> <span id=\"found\""
                + " class=\"m\"></span></p>");
    out.append("<section><h2>Replayed</h2><div class=\"cards\">");
    replayed.forEach(r -> card(out, r));
    out.append("</div></section>");
    families(out, replayed, catalogue);
    out.append("</main><script>").append(Style.siteScript()).append("</script></body></html>\n");
    return out.toString();
  }

  private static void card(StringBuilder out, Reproduced r) {
    String slug = Html.escape(r.card().slug());
    String title = r.card().citation().title();
    out.append("<article class=\"card\" data-text=\"")
        .append(Html.escape(words(title, r.card().summary(), r.card().family(), r.card().slug())))
        .append("\"><h3><a href=\"")
        .append(slug)
        .append(".html\">")
        .append(Html.escape(title))
        .append("</a></h3><p class=\"cite\">")
        .append(Cards.citation(r.card().citation()))
        .append("</p>")
        .append(Html.of("p", r.card().summary()))
        .append("<div class=\"counts\">");
    counts(out, r.verdicts());
    out.append("</div>");
    if (!r.charts().isEmpty()) {
      out.append("<a href=\"")
          .append(slug)
          .append(".html\"><img src=\"")
          .append(slug)
          .append(".svg\" alt=\"")
          .append(Html.escape(r.charts().getFirst().caption()))
          .append("\"></a>");
    }
    out.append("</article>");
  }

  private static void counts(StringBuilder out, List<Verdict> verdicts) {
    for (String count : ReportWords.counts(verdicts)) {
      String word = count.substring(count.indexOf(' ') + 1);
      Verdict one = verdicts.stream().filter(v -> v.word().equals(word)).findFirst().orElseThrow();
      out.append(Html.of("span", "b " + Verdicts.kind(one), Verdicts.sign(one) + " " + count));
    }
  }

  private static void families(
      StringBuilder out, List<Reproduced> replayed, List<Entry> catalogue) {
    Set<String> done = new HashSet<>();
    replayed.forEach(r -> done.add(r.card().citation().arxiv()));
    Map<String, List<Entry>> byFamily = new TreeMap<>();
    for (Entry entry : catalogue) {
      if (!done.contains(entry.arxiv())) {
        byFamily.computeIfAbsent(entry.family(), f -> new ArrayList<>()).add(entry);
      }
    }
    byFamily.forEach((family, entries) -> {
      out.append("<section><h2>")
          .append(Html.escape(family.replace('-', ' ')))
          .append(Html.of("span", "m", " " + entries.size()))
          .append("</h2>");
      entries.forEach(entry -> row(out, entry));
      out.append("</section>");
    });
  }

  private static void row(StringBuilder out, Entry entry) {
    boolean open = entry.reach() != Entry.Reach.CARD;
    out.append("<details class=\"paper\" data-text=\"")
        .append(Html.escape(words(entry.title(), entry.claim(), entry.family(), entry.slug())))
        .append("\"><summary>")
        .append(Html.of("span", "b far", open ? "not replayed yet" : "no machine can test it"))
        .append(' ')
        .append(Html.escape(entry.title()))
        .append(Html.of("span", "m", " " + entry.year()))
        .append("</summary>")
        .append(Html.of("p", entry.claim()))
        .append("<p class=\"m\">")
        .append(open ? "What would test it: " + Html.escape(entry.test()) + " " : "")
        .append("<a href=\"https://arxiv.org/abs/")
        .append(Html.escape(entry.arxiv()))
        .append("\">arXiv ")
        .append(Html.escape(entry.arxiv()))
        .append("</a>")
        .append(entry.certain() ? "" : " (the likely id, not checked)")
        .append("</p></details>");
  }

  private static String words(String... texts) {
    return String.join(" ", texts).toLowerCase(Locale.ROOT);
  }
}
