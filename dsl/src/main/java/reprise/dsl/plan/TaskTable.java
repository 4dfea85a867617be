package reprise.dsl.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tasks that share a setting and their columns, as a table.
 *
 * @param setting one line, may be empty
 * @param columns names, the run's id first
 * @param rows one a task, a text a column
 */
public record TaskTable(String setting, List<Column> columns, List<List<String>> rows) {
  public TaskTable {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
  }

  /**
   * A column.
   *
   * @param name heads it
   * @param words whether it is printed to the left
   */
  public record Column(String name, boolean words) {}

  /**
   * The tables of a plan, in its order. Words that all rows share and the title says are left out.
   */
  public static List<TaskTable> of(Plan plan) {
    record Kind(String setting, List<String> names) {}
    Map<Kind, List<Task>> kinds = new LinkedHashMap<>();
    for (Task run : plan.runs()) {
      List<String> names = run.fields().stream().map(Field::name).toList();
      kinds.computeIfAbsent(new Kind(run.setting(), names), k -> new ArrayList<>()).add(run);
    }
    return kinds.values().stream().map(runs -> table(plan.title(), runs)).toList();
  }

  private static TaskTable table(String title, List<Task> runs) {
    List<Field> first = runs.getFirst().fields();
    List<Integer> shown = new ArrayList<>();
    List<Column> columns = new ArrayList<>(List.of(new Column("run", true)));
    for (int i = 0; i < first.size(); i++) {
      int at = i;
      Field field = first.get(i);
      boolean one = runs.stream().allMatch(r -> r.fields().get(at).text().equals(field.text()));
      if (!(field.isWords() && one && title.contains(field.text()))) {
        shown.add(i);
        columns.add(new Column(field.name(), field.isWords()));
      }
    }
    List<List<String>> rows = new ArrayList<>();
    for (Task run : runs) {
      List<String> row = new ArrayList<>(List.of(run.id()));
      List<Field> fields = run.fields();
      shown.forEach(i -> row.add(fields.get(i).text()));
      rows.add(row);
    }
    return new TaskTable(runs.getFirst().setting(), columns, rows);
  }
}
