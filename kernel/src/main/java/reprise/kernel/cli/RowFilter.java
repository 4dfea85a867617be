package reprise.kernel.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import reprise.dsl.law.Nearest;
import reprise.kernel.analysis.Csv;

/**
 * A condition on the rows of a table.
 *
 * @param column its name
 * @param relation {@code =}, {@code !=}, {@code <} or {@code >}
 * @param value to compare with: as text for the first two, as a number for the others
 */
record RowFilter(String column, String relation, String value) {
  private static final Pattern CONDITION = Pattern.compile("([^=!<>]+)(!=|=|<|>)(.*)");

  static RowFilter parse(String condition) {
    Matcher parts = CONDITION.matcher(condition);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "--where "
              + condition
              + ": write COLUMN=TEXT, COLUMN!=TEXT, COLUMN<NUMBER or COLUMN>NUMBER");
    }
    String value = parts.group(3).strip();
    boolean ordered = parts.group(2).equals("<") || parts.group(2).equals(">");
    if (ordered && Double.isNaN(number(value))) {
      throw new IllegalArgumentException(
          "--where " + condition + ": '" + value + "' is not a number");
    }
    return new RowFilter(parts.group(1).strip(), parts.group(2), value);
  }

  /** The table with the rows that meet the condition. */
  Csv apply(Csv table) {
    int at = table.header().indexOf(column);
    if (at < 0) {
      throw new IllegalArgumentException(
          "--where: "
              + table.name()
              + " has no column "
              + column
              + Nearest.hint(column, table.header())
              + " Columns: "
              + String.join(", ", table.header()));
    }
    List<List<String>> rows = new ArrayList<>();
    List<Integer> lines = new ArrayList<>();
    for (int i = 0; i < table.rows().size(); i++) {
      if (meets(table.rows().get(i).get(at).strip())) {
        rows.add(table.rows().get(i));
        lines.add(table.lines().get(i));
      }
    }
    return new Csv(table.name(), table.header(), rows, lines);
  }

  private boolean meets(String cell) {
    return switch (relation) {
      case "=" -> cell.equals(value);
      case "!=" -> !cell.equals(value);
      case "<" -> number(cell) < number(value); // a cell that is not a number meets neither
      default -> number(cell) > number(value);
    };
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException notOne) {
      return Double.NaN;
    }
  }
}
