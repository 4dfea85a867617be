package reprise.kernel.render;

import java.util.Optional;
import reprise.dsl.chart.Figure;
import reprise.dsl.claim.Citation;
import reprise.dsl.claim.Verdict;
import reprise.dsl.repro.Reproduced;
import reprise.dsl.result.Provenance;
import reprise.dsl.result.Result;
import reprise.dsl.unit.Numbers;
import tech.tablesaw.api.Table;

/** The report as one HTML page that needs nothing else. */
final class ReportHtml {
  private ReportHtml() {}

  static String of(Reproduced r) {
    Citation paper = r.card().citation();
    StringBuilder out = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\"><head>");
    out.append("<meta charset=\"utf-8\">")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
        .append(Html.of("title", "Reprise: " + paper.title()))
        .append("<style>")
        .append(Style.page())
        .append("</style></head><body><main class=\"rp\">")
        .append(Html.of("p", "kicker", "a paper, replayed · " + r.card().family()))
        .append(Html.of("h1", paper.title()))
        .append("<p class=\"cite\">")
        .append(Cards.citation(paper));
    for (Citation other : r.card().replications()) {
      out.append("<br>With ")
          .append(Html.of("i", other.title()))
          .append(", ")
          .append(Cards.citation(other));
    }
    out.append("</p>").append(Html.of("p", "lead", ReportWords.summary(r)));
    counts(out, r);
    out.append("<h2>Verdicts</h2><div class=\"scroll\">")
        .append(Verdicts.html(r.verdicts()))
        .append("</div>");
    int number = 0;
    for (Reproduced.Done done : r.parts()) {
      part(out, done, ++number);
    }
    out.append("<h2>Provenance</h2>");
    for (Reproduced.Done done : r.parts()) {
      done.result()
          .ifPresent(result -> provenance(out, done.part().name(), result.record(), r.parts()));
    }
    if (r.records().isEmpty()) {
      out.append(Html.of("p", "No part could be run, so nothing was computed."));
    }
    out.append("<h2>Run it again</h2>")
        .append(Html.of("pre", ReportWords.rerun(r)))
        .append(
            Html.of(
                "p",
                "m",
                "The same plan and seeds give the same bits on the same instruction set. Verdicts"
                    + " follow from the rules above, which stood in the card before the run."))
        .append("</main></body></html>\n");
    return out.toString();
  }

  private static void counts(StringBuilder out, Reproduced r) {
    out.append("<div class=\"counts\">");
    for (String count : ReportWords.counts(r.verdicts())) {
      String word = count.substring(count.indexOf(' ') + 1);
      Optional<Verdict> one = r.verdicts().stream().filter(v -> v.word().equals(word)).findFirst();
      one.ifPresent(v ->
          out.append(Html.of("span", "b " + Verdicts.kind(v), Verdicts.sign(v) + " " + count)));
    }
    out.append("</div>");
  }

  private static void part(StringBuilder out, Reproduced.Done done, int number) {
    out.append(Html.of("h2", number + ". " + title(done.part().name())))
        .append(Html.of("p", done.part().about()));
    if (done.result().isEmpty()) {
      out.append(Html.of("p", "note", "Not run: " + done.failure()));
      return;
    }
    Result result = done.result().get();
    Provenance record = result.record();
    out.append(Html.of("p", result.toString()));
    if (!record.backendNote().isBlank()) {
      out.append(Html.of("p", "note", record.backendNote()));
    }
    for (Figure figure : Figures.of(done)) {
      out.append(Figures.page(figure));
    }
    Table frame = result.frame();
    out.append(Html.folded("The plan", Html.of("pre", record.planText())))
        .append(
            Html.folded(
                "The data, " + frame.rowCount() + " rows",
                "<div class=\"scroll\">" + Tables.html(frame, Tables.Bounds.REPORT) + "</div>"));
  }

  private static void provenance(
      StringBuilder out, String part, Provenance p, java.util.List<?> parts) {
    if (parts.size() > 1) {
      out.append(Html.of("h3", title(part)));
    }
    out.append("<dl class=\"facts\">");
    fact(out, "plan", p.planHash());
    fact(out, "backend", p.backend());
    fact(out, "Reprise", p.libraryVersion());
    fact(out, "native library", p.libraryDigest());
    fact(
        out,
        "machine",
        p.machine().cpu() + ", " + p.machine().cores() + " cores, " + p.machine().os());
    fact(out, "JDK", p.machine().jdk());
    fact(out, "started", p.started() + ", for " + Numbers.duration(p.seconds()));
    out.append("</dl>");
    if (!p.data().isEmpty()) {
      out.append(
          "<table class=\"plain\"><thead><tr><th>data set</th><th>origin and licence</th>"
              + "<th>SHA-256</th></tr></thead><tbody>");
      for (Provenance.Data data : p.data()) {
        out.append("<tr>")
            .append(Html.of("td", data.id()))
            .append("<td>")
            .append(Html.escape(data.origin()))
            .append(Html.of("div", "m", data.licence()))
            .append("</td><td>")
            .append(Html.of("code", data.sha256()))
            .append("</td></tr>");
      }
      out.append("</tbody></table>");
    }
    if (!p.runs().isEmpty()) {
      StringBuilder runs =
          new StringBuilder(
              "<table class=\"plain\"><thead><tr><th>run</th><th>SHA-256 of the final parameters"
                  + "</th></tr></thead><tbody>");
      for (Provenance.Run run : p.runs()) {
        runs.append("<tr>")
            .append(Html.of("td", run.id()))
            .append("<td>")
            .append(run.digest().isEmpty() ? "failed" : Html.of("code", run.digest()))
            .append("</td></tr>");
      }
      out.append(
          Html.folded(p.runs().size() + " runs", runs.append("</tbody></table>").toString()));
    }
  }

  private static void fact(StringBuilder out, String name, String value) {
    if (value != null && !value.isBlank()) {
      out.append(Html.of("dt", name)).append(Html.of("dd", value));
    }
  }

  /** {@code retrain-valley} as {@code Retrain valley}. */
  static String title(String name) {
    String words = name.replace('-', ' ');
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
