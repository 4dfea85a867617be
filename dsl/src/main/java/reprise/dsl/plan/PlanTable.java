package reprise.dsl.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import reprise.dsl.unit.Numbers;

/** Prints a plan as a table, one for each kind of task. */
final class PlanTable {
  private PlanTable() {}

  static String print(Plan plan) {
    StringBuilder out = new StringBuilder("plan: ").append(plan.title()).append('\n');
    if (!plan.runs().isEmpty()) {
      out.append(
          String.format(
              Locale.ROOT,
              "%d runs, %s FLOP in all, at most %s a run%n",
              plan.runs().size(),
              Numbers.scientific(plan.flops()),
              plan.peakMemory()));
      for (TaskTable table : TaskTable.of(plan)) {
        table(out, table);
      }
    }
    for (AnalysisTask analysis : plan.analyses()) {
      out.append("then ")
          .append(analysis.id())
          .append(": ")
          .append(analysis.describe())
          .append('\n');
    }
    plan.cost().ifPresent(cost -> out.append("expected: ").append(cost).append('\n'));
    return out.toString();
  }

  private static void table(StringBuilder out, TaskTable table) {
    if (!table.setting().isEmpty()) {
      out.append(table.setting()).append('\n');
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(table.columns().stream().map(TaskTable.Column::name).toList());
    rows.addAll(table.rows());
    int[] widths = new int[table.columns().size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String pad = " ".repeat(widths[i] - row.get(i).length());
        boolean words = table.columns().get(i).words();
        line.append("  ").append(words ? row.get(i) + pad : pad + row.get(i));
      }
      out.append(line.toString().stripTrailing()).append('\n');
    }
  }
}
