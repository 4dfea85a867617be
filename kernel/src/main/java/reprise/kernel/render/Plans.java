package reprise.kernel.render;

import java.util.List;
import reprise.dsl.plan.AnalysisTask;
import reprise.dsl.plan.Plan;
import reprise.dsl.plan.TrainTask;
import reprise.dsl.unit.Numbers;

/** A plan as an HTML table with its cost. */
final class Plans {
  private static final int ROWS = 40;

  private Plans() {}

  static String html(Plan plan) {
    StringBuilder out = new StringBuilder("<p><b>plan</b> ").append(Html.escape(plan.title()));
    if (!plan.runs().isEmpty()) {
      out.append(
          Html.of(
              "div",
              "m",
              plan.runs().size()
                  + " runs, "
                  + Numbers.scientific(plan.flops())
                  + " FLOP in all, at most "
                  + plan.peakMemory()
                  + " a run"));
    }
    out.append("</p>");
    if (!plan.runs().isEmpty()) {
      table(out, plan.runs());
    }
    for (AnalysisTask analysis : plan.analyses()) {
      out.append("<p>then <b>")
          .append(Html.escape(analysis.id()))
          .append("</b>: ")
          .append(Html.escape(analysis.describe()))
          .append("</p>");
    }
    out.append(
        plan.cost()
            .map(cost -> "<p>expected: <b>" + Html.escape(cost.toString()) + "</b></p>")
            .orElse(""));
    return out.toString();
  }

  private static void table(StringBuilder out, List<TrainTask> runs) {
    // the title names a corpus that all runs share
    boolean oneCorpus = runs.stream().map(TrainTask::corpus).distinct().count() == 1;
    out.append("<table><thead><tr><th>run</th>").append(oneCorpus ? "" : "<th>corpus</th>");
    for (String head : List.of("N", "D tokens", "steps", "FLOP", "memory", "peak lr", "seed")) {
      out.append(Html.of("th", "n", head));
    }
    out.append("</tr></thead><tbody>");
    for (TrainTask run : runs.subList(0, Math.min(ROWS, runs.size()))) {
      out.append("<tr>")
          .append(Html.of("td", run.id()))
          .append(oneCorpus ? "" : Html.of("td", run.corpus().label()));
      for (String number :
          List.of(
              Numbers.short3(run.params().count()),
              Numbers.grouped(run.tokens().count()),
              Numbers.grouped(run.steps()),
              Numbers.scientific(run.flops().count()),
              run.memory().toString(),
              Numbers.significant(run.peakRate(), 3),
              String.valueOf(run.seed()))) {
        out.append(Html.of("td", "n", number));
      }
      out.append("</tr>");
    }
    if (runs.size() > ROWS) {
      out.append("<tr class=\"m\"><td colspan=\"9\">… ")
          .append(runs.size() - ROWS)
          .append(" more rows</td></tr>");
    }
    out.append("</tbody></table>");
  }
}
