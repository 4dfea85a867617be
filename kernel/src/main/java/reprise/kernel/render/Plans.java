package reprise.kernel.render;

import java.util.List;
import reprise.dsl.plan.AnalysisTask;
import reprise.dsl.plan.Plan;
import reprise.dsl.plan.TaskTable;
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
    TaskTable.of(plan).forEach(table -> table(out, table));
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

  private static void table(StringBuilder out, TaskTable table) {
    if (!table.setting().isEmpty()) {
      out.append(Html.of("div", "m", table.setting()));
    }
    out.append("<table><thead><tr>");
    for (TaskTable.Column column : table.columns()) {
      out.append(column.words() ? Html.of("th", column.name()) : Html.of("th", "n", column.name()));
    }
    out.append("</tr></thead><tbody>");
    int shown = Math.min(ROWS, table.rows().size());
    for (List<String> row : table.rows().subList(0, shown)) {
      out.append("<tr>");
      for (int i = 0; i < row.size(); i++) {
        boolean words = table.columns().get(i).words();
        out.append(words ? Html.of("td", row.get(i)) : Html.of("td", "n", row.get(i)));
      }
      out.append("</tr>");
    }
    if (table.rows().size() > shown) {
      out.append("<tr class=\"m\"><td colspan=\"")
          .append(table.columns().size())
          .append("\">… ")
          .append(table.rows().size() - shown)
          .append(" more rows</td></tr>");
    }
    out.append("</tbody></table>");
  }
}
