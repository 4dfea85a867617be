package reprise.kernel.render;

import reprise.dsl.chart.Figure;
import reprise.dsl.claim.Citation;
import reprise.dsl.repro.Reproduced;
import reprise.dsl.result.Provenance;
import reprise.dsl.result.Result;
import reprise.dsl.unit.Numbers;

/** The report in Markdown; figures are referred to by the names that {@link Report#write} gives. */
final class ReportMarkdown {
  private static final Tables.Bounds ROWS = new Tables.Bounds(30, 10);

  private ReportMarkdown() {}

  static String of(Reproduced r) {
    StringBuilder out = new StringBuilder("# ");
    out.append(Markdown.cell(r.card().citation().title()))
        .append("\n\n")
        .append(Markdown.cell(r.card().citation().toString()))
        .append('\n');
    for (Citation other : r.card().replications()) {
      out.append("\nWith ").append(Markdown.cell(other.toString())).append('\n');
    }
    out.append('\n')
        .append(Markdown.escape(ReportWords.summary(r)))
        .append("\n\n## Verdicts\n\n")
        .append(Verdicts.markdown(r.verdicts()))
        .append('\n');
    for (Reproduced.Done done : r.parts()) {
      part(out, done);
    }
    out.append("\n## Run it again\n\n").append(Markdown.block("sh", ReportWords.rerun(r)));
    return out.toString();
  }

  private static void part(StringBuilder out, Reproduced.Done done) {
    out.append("\n## ")
        .append(Markdown.cell(ReportHtml.title(done.part().name())))
        .append("\n\n")
        .append(Markdown.escape(done.part().about()))
        .append("\n\n");
    if (done.result().isEmpty()) {
      out.append("Not run: ").append(Markdown.escape(done.failure())).append('\n');
      return;
    }
    Result result = done.result().get();
    out.append(Markdown.escape(result.toString())).append("\n\n");
    for (Figure figure : Figures.of(done)) {
      out.append("![")
          .append(Markdown.cell(figure.caption()))
          .append("](")
          .append(figure.name())
          .append(".svg)\n\n");
    }
    out.append(Tables.markdown(result.frame(), ROWS)).append("\n\n");
    provenance(out, result.record());
    out.append('\n').append(Markdown.block("", result.record().planText()));
  }

  private static void provenance(StringBuilder out, Provenance p) {
    fact(out, "plan", p.planHash());
    fact(out, "backend", p.backend());
    fact(out, "note", p.backendNote());
    fact(out, "Reprise", p.libraryVersion());
    fact(out, "native library", p.libraryDigest());
    fact(out, "machine", p.machine().cpu() + ", " + p.machine().os() + ", " + p.machine().jdk());
    fact(out, "started", p.started() + ", for " + Numbers.duration(p.seconds()));
    for (Provenance.Data data : p.data()) {
      fact(out, "data " + data.id(), data.origin() + ", " + data.licence() + ", " + data.sha256());
    }
    if (!p.runs().isEmpty()) {
      fact(out, "runs", p.runs().size() + ", with the digests of their parameters in record.json");
    }
  }

  private static void fact(StringBuilder out, String name, String value) {
    if (value != null && !value.isBlank()) {
      out.append("- ").append(name).append(": ").append(Markdown.cell(value)).append('\n');
    }
  }
}
