package reprise.kernel.store;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import reprise.dsl.RunFailure;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * Runs of others, from a table that a tracker exported.
 *
 * @param frame the sound rows; a column is whole numbers, numbers, truth values or text, whichever
 *     all its values are; empty and NaN are missing
 * @param bad rows that could not be read, each with its line and why: among them those with
 *     something else in a column where nine of ten values or more are numbers
 */
public record ImportedRuns(Table frame, List<String> bad) {
  /** Of so many values one may be wrong; of fewer, what they are is what all are. */
  private static final int ENOUGH = 10;

  private static final String WHOLE = "-?[0-9]{1,18}";
  private static final String NUMBER =
      "[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?|-?(inf|Infinity)";

  /** A row, and where it begins. */
  private record Row(int line, Map<String, String> cells) {
    String cell(String column) {
      return cells.getOrDefault(column, "");
    }
  }

  public ImportedRuns {
    bad = List.copyOf(bad);
  }

  /**
   * Reads {@code .csv} with a head line, or {@code .jsonl} with an object a line; objects within
   * become columns {@code outer.inner}.
   *
   * @throws RunFailure when the file has no rows to read
   */
  public static ImportedRuns read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    List<Row> rows = new ArrayList<>();
    List<String> bad = new ArrayList<>();
    if (file.toString().endsWith(".csv")) {
      csv(file, lines, rows, bad);
    } else {
      jsonLines(lines, rows, bad);
    }
    Set<String> names = new LinkedHashSet<>();
    rows.forEach(row -> names.addAll(row.cells().keySet()));
    List<Row> sound = sound(rows, names, bad);
    Table frame = Table.create(file.getFileName().toString());
    for (String name : names) {
      frame.addColumns(column(name, sound.stream().map(row -> row.cell(name)).toList()));
    }
    return new ImportedRuns(frame, bad);
  }

  // without the rows that would make text of a column of numbers
  private static List<Row> sound(List<Row> rows, Set<String> names, List<String> bad) {
    List<Row> sound = new ArrayList<>(rows);
    for (String name : names) {
      List<Row> given = rows.stream().filter(row -> !missing(row.cell(name))).toList();
      List<Row> wrong = given.stream().filter(row -> !row.cell(name).matches(NUMBER)).toList();
      if (given.size() < ENOUGH || wrong.isEmpty() || wrong.size() * ENOUGH > given.size()) {
        continue;
      }
      for (Row row : wrong) {
        if (sound.remove(row)) {
          bad.add(
              "line "
                  + row.line()
                  + ": expected a number in "
                  + name
                  + ", got "
                  + shortened(row.cell(name)));
        }
      }
    }
    return sound;
  }

  private static void csv(Path file, List<String> lines, List<Row> rows, List<String> bad) {
    List<String> head = null;
    StringBuilder record = new StringBuilder();
    int first = 1;
    for (int i = 0; i < lines.size(); i++) {
      record.append(record.isEmpty() ? "" : "\n").append(lines.get(i));
      // a quote that is still open goes on in the next line
      if (record.chars().filter(c -> c == '"').count() % 2 == 1 && i < lines.size() - 1) {
        continue;
      }
      String text = record.toString();
      record.setLength(0);
      int line = first;
      first = i + 2;
      if (text.isBlank()) {
        continue;
      }
      List<String> cells = cells(text);
      if (head == null) {
        head = cells;
      } else if (cells.size() != head.size()) {
        bad.add("line " + line + ": expected " + head.size() + " cells, got " + cells.size());
      } else {
        Map<String, String> row = new LinkedHashMap<>();
        for (int c = 0; c < head.size(); c++) {
          row.put(head.get(c), cells.get(c));
        }
        rows.add(new Row(line, row));
      }
    }
    if (head == null) {
      throw new RunFailure(file + " is empty; expected a head line and a line a run");
    }
  }

  // RFC 4180
  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        if (quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
          cell.append('"');
          i++;
        } else {
          quoted = !quoted;
        }
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString());
    return cells;
  }

  private static void jsonLines(List<String> lines, List<Row> rows, List<String> bad) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).isBlank()) {
        continue;
      }
      try {
        Map<String, String> row = new LinkedHashMap<>();
        flatten("", JsonParser.parseString(lines.get(i)).getAsJsonObject(), row);
        rows.add(new Row(i + 1, row));
      } catch (JsonParseException | IllegalStateException broken) {
        bad.add("line " + (i + 1) + ": expected a JSON object, got " + shortened(lines.get(i)));
      }
    }
  }

  private static String shortened(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "...";
  }

  private static void flatten(String prefix, JsonObject json, Map<String, String> row) {
    json.asMap()
        .forEach((name, value) -> {
          if (value instanceof JsonObject inner) {
            flatten(prefix + name + ".", inner, row);
          } else {
            row.put(prefix + name, text(value));
          }
        });
  }

  private static String text(JsonElement value) {
    if (value.isJsonNull()) {
      return "";
    }
    return value.isJsonPrimitive() ? value.getAsString() : value.toString();
  }

  private static Column<?> column(String name, List<String> values) {
    List<String> given = values.stream().filter(v -> !missing(v)).toList();
    if (!given.isEmpty() && given.stream().allMatch(v -> v.matches(WHOLE))) {
      LongColumn column = LongColumn.create(name);
      values.forEach(v -> {
        if (missing(v)) {
          column.appendMissing();
        } else {
          column.append(Long.parseLong(v));
        }
      });
      return column;
    }
    if (!given.isEmpty() && given.stream().allMatch(v -> v.matches(NUMBER))) {
      DoubleColumn column = DoubleColumn.create(name);
      values.forEach(v -> column.append(missing(v) ? Double.NaN : parsed(v)));
      return column;
    }
    if (!given.isEmpty() && given.stream().allMatch(v -> v.matches("(?i)true|false"))) {
      BooleanColumn column = BooleanColumn.create(name);
      values.forEach(v -> {
        if (missing(v)) {
          column.appendMissing();
        } else {
          column.append(Boolean.parseBoolean(v));
        }
      });
      return column;
    }
    return StringColumn.create(name, values);
  }

  private static boolean missing(String value) {
    return value.isEmpty() || value.equalsIgnoreCase("nan") || value.equals("null");
  }

  private static double parsed(String value) {
    return Double.parseDouble(value.replaceAll("^(-?)inf$", "$1Infinity"));
  }
}
