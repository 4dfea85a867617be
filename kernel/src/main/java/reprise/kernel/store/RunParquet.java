package reprise.kernel.store;

import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import blue.strategic.parquet.Dehydrator;
import blue.strategic.parquet.ParquetWriter;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/**
 * Runs and their points as Parquet. What is not known, such as the loss of a run that goes on, is
 * null.
 */
public final class RunParquet {
  /** Before the columns of a run's row in its plan, whose names may be those of others. */
  private static final String OWN = "task_";

  private RunParquet() {}

  /** A line of metrics.jsonl. */
  private record Point(RunName run, String[] cells) {}

  /**
   * One row a point: plan, run, step, loss, seconds.
   *
   * @return the number of points
   */
  public static long points(Path root, List<RunName> runs, Path file) throws IOException {
    MessageType schema =
        new MessageType(
            "points",
            column("plan", BINARY),
            column("run", BINARY),
            column("step", INT64),
            column("loss", DOUBLE),
            column("seconds", DOUBLE));
    Dehydrator<Point> row =
        (point, to) -> {
          to.write("plan", point.run.plan());
          to.write("run", point.run.id());
          to.write("step", Long.parseLong(point.cells[0]));
          if (!point.cells[1].isEmpty()) {
            to.write("loss", Double.parseDouble(point.cells[1]));
          }
          to.write("seconds", Double.parseDouble(point.cells[2]));
        };
    long points = 0;
    Files.deleteIfExists(file);
    try (ParquetWriter<Point> to = ParquetWriter.writeFile(schema, file.toFile(), row)) {
      for (RunName run : runs) {
        PointLines lines = new PointLines(true);
        lines.add(root, run, new byte[0]);
        String text = new String(lines.bytes(), 0, lines.length(), StandardCharsets.UTF_8);
        for (String line : (Iterable<String>) text.lines()::iterator) {
          to.write(new Point(run, line.split(",", -1)));
          points++;
        }
      }
    }
    return points;
  }

  /**
   * One row a run: the columns of {@code runs ls}, then its row in the plan under {@code task_} and
   * the name; a column of numbers is one where every run has a number.
   */
  public static void runs(List<RunRow> rows, Path file) throws IOException {
    Map<String, PrimitiveType> columns = new LinkedHashMap<>();
    List<Map<String, Object>> values = rows.stream().map(RunParquet::values).toList();
    for (Map<String, Object> row : values) {
      row.forEach((name, value) ->
          columns.merge(
              name, column(name, kind(value)), (a, b) -> a.equals(b) ? a : common(name, a, b)));
    }
    MessageType schema = new MessageType("runs", List.<Type>copyOf(columns.values()));
    Dehydrator<Map<String, Object>> row =
        (run, to) ->
            run.forEach((name, value) ->
                to.write(name, as(columns.get(name).getPrimitiveTypeName(), value)));
    Files.deleteIfExists(file);
    try (ParquetWriter<Map<String, Object>> to =
        ParquetWriter.writeFile(schema, file.toFile(), row)) {
      for (Map<String, Object> run : values) {
        to.write(run);
      }
    }
  }

  // by column; numbers that are not known and empty texts are left out
  private static Map<String, Object> values(RunRow row) {
    JsonObject json = row.json();
    Map<String, Object> values = new LinkedHashMap<>();
    JsonObject own = json.remove("fields").getAsJsonObject();
    json.asMap().forEach((name, value) -> put(values, name, value));
    own.asMap().forEach((name, value) -> put(values, OWN + name, value));
    return values;
  }

  private static void put(Map<String, Object> values, String name, JsonElement value) {
    if (!(value instanceof JsonPrimitive plain)) {
      return;
    }
    if (!plain.isNumber()) {
      values.put(name, plain.getAsString());
    } else if (name.equals("steps") || name.equals("seed")) {
      values.put(name, plain.getAsLong());
    } else {
      values.put(name, plain.getAsDouble());
    }
  }

  private static PrimitiveType.PrimitiveTypeName kind(Object value) {
    return value instanceof Long ? INT64 : value instanceof Double ? DOUBLE : BINARY;
  }

  // numbers of one plan and words of another
  private static PrimitiveType common(String name, PrimitiveType a, PrimitiveType b) {
    boolean words = a.getPrimitiveTypeName() == BINARY || b.getPrimitiveTypeName() == BINARY;
    return column(name, words ? BINARY : DOUBLE);
  }

  private static Object as(PrimitiveType.PrimitiveTypeName kind, Object value) {
    return kind == BINARY
        ? value.toString()
        : kind == DOUBLE ? (Object) ((Number) value).doubleValue() : value;
  }

  private static PrimitiveType column(String name, PrimitiveType.PrimitiveTypeName kind) {
    var column = Types.optional(kind);
    return kind == BINARY
        ? column.as(LogicalTypeAnnotation.stringType()).named(name)
        : column.named(name);
  }
}
