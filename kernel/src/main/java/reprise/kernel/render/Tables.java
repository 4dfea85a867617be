package reprise.kernel.render;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import reprise.dsl.unit.Numbers;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.FloatColumn;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Tables as HTML, aligned text and Markdown: bounded, with four significant digits. */
public final class Tables {
  private static final int DIGITS = 4;
  private static final int CELL = 60;

  private Tables() {}

  /**
   * How much of a table is shown.
   *
   * @param rows at most
   * @param columns at most
   */
  public record Bounds(int rows, int columns) {
    /** A notebook cell. */
    public static final Bounds CELL = new Bounds(20, 12);

    /** A report, where the table is folded away. */
    public static final Bounds REPORT = new Bounds(300, 24);

    public Bounds {
      if (rows < 1 || columns < 1) {
        throw new IllegalArgumentException(
            "a table shows at least one row and column, got " + rows + " x " + columns);
      }
    }
  }

  /** An HTML table without style of its own. */
  public static String html(Table table, Bounds bounds) {
    int rows = Math.min(table.rowCount(), bounds.rows());
    int columns = Math.min(table.columnCount(), bounds.columns());
    StringBuilder out = new StringBuilder("<table>");
    if (table.name() != null && !table.name().isBlank()) {
      out.append(Html.of("caption", table.name()));
    }
    out.append("<thead><tr>");
    for (Column<?> column : table.columns().subList(0, columns)) {
      out.append(Html.of("th", numeric(column) ? "n" : "", column.name()));
    }
    boolean wide = table.columnCount() > columns;
    out.append(wide ? "<th>…</th>" : "").append("</tr></thead><tbody>");
    for (int r = 0; r < rows; r++) {
      out.append("<tr>");
      for (Column<?> column : table.columns().subList(0, columns)) {
        out.append(Html.of("td", numeric(column) ? "n" : "", cell(column, r)));
      }
      out.append(wide ? "<td></td>" : "").append("</tr>");
    }
    String rest = rest(table, rows, columns);
    if (!rest.isEmpty()) {
      out.append("<tr class=\"m\"><td colspan=\"")
          .append(columns + (wide ? 1 : 0))
          .append("\">")
          .append(Html.escape(rest))
          .append("</td></tr>");
    }
    return out.append("</tbody></table>").toString();
  }

  /** Aligned text: numbers to the right, words to the left. */
  public static String text(Table table, Bounds bounds) {
    int rows = Math.min(table.rowCount(), bounds.rows());
    int columns = Math.min(table.columnCount(), bounds.columns());
    List<List<String>> lines = new ArrayList<>();
    lines.add(table.columns().subList(0, columns).stream().map(Column::name).toList());
    for (int r = 0; r < rows; r++) {
      int row = r;
      lines.add(
          table.columns().subList(0, columns).stream().map(c -> shortened(cell(c, row))).toList());
    }
    int[] widths =
        IntStream.range(0, columns)
            .map(c -> lines.stream().mapToInt(l -> l.get(c).length()).max().orElse(0))
            .toArray();
    StringBuilder out = new StringBuilder();
    if (table.name() != null && !table.name().isBlank()) {
      out.append(table.name()).append('\n');
    }
    for (List<String> line : lines) {
      StringBuilder text = new StringBuilder();
      for (int c = 0; c < columns; c++) {
        String pad = " ".repeat(widths[c] - line.get(c).length());
        text.append(c == 0 ? "" : "  ")
            .append(numeric(table.column(c)) ? pad + line.get(c) : line.get(c) + pad);
      }
      out.append(text.toString().stripTrailing()).append('\n');
    }
    String rest = rest(table, rows, columns);
    return rest.isEmpty() ? out.toString().stripTrailing() : out + rest;
  }

  /** A Markdown table. */
  public static String markdown(Table table, Bounds bounds) {
    int rows = Math.min(table.rowCount(), bounds.rows());
    int columns = Math.min(table.columnCount(), bounds.columns());
    List<Column<?>> shown = table.columns().subList(0, columns);
    StringBuilder out = new StringBuilder("|");
    shown.forEach(c -> out.append(' ').append(Markdown.cell(c.name())).append(" |"));
    out.append("\n|");
    shown.forEach(c -> out.append(numeric(c) ? "---:|" : "---|"));
    for (int r = 0; r < rows; r++) {
      out.append("\n|");
      for (Column<?> column : shown) {
        out.append(' ').append(Markdown.cell(cell(column, r))).append(" |");
      }
    }
    String rest = rest(table, rows, columns);
    return rest.isEmpty() ? out.toString() : out + "\n\n" + rest;
  }

  /** {@code … 120 more rows and 3 more columns}, or nothing. */
  private static String rest(Table table, int rows, int columns) {
    List<String> more = new ArrayList<>();
    int hiddenRows = table.rowCount() - rows;
    int hiddenColumns = table.columnCount() - columns;
    if (hiddenRows > 0) {
      more.add(hiddenRows + " more row" + (hiddenRows == 1 ? "" : "s"));
    }
    if (hiddenColumns > 0) {
      more.add(hiddenColumns + " more column" + (hiddenColumns == 1 ? "" : "s"));
    }
    return more.isEmpty() ? "" : "… " + String.join(" and ", more);
  }

  private static boolean numeric(Column<?> column) {
    return column instanceof NumericColumn<?>;
  }

  private static String cell(Column<?> column, int row) {
    if (column.isMissing(row)) {
      return "";
    }
    return switch (column) {
      case DoubleColumn d -> Numbers.significant(d.getDouble(row), DIGITS);
      case FloatColumn f -> Numbers.significant(f.getDouble(row), DIGITS);
      default -> column.getString(row);
    };
  }

  private static String shortened(String text) {
    String line = text.replace('\n', ' ');
    return line.length() <= CELL ? line : line.substring(0, CELL - 1) + "…";
  }
}
