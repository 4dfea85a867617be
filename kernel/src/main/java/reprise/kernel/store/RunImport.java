package reprise.kernel.store;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import reprise.dsl.RunFailure;
import reprise.kernel.data.Sha256;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * Puts other people's runs into a store, where they are listed, shown and exported beside one's
 * own. They are marked {@code imported}: no plan reads them and nothing can verify them. The plan
 * is the digest of the file, so that importing it again changes nothing.
 */
public final class RunImport {
  private static final Gson JSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().serializeNulls().create();

  // names that W&B, MLflow and people give, the surest first
  private static final List<String> IDS =
      List.of("run_id", "id", "name", "run", "tags.mlflow.runname");
  private static final List<String> LOSSES =
      List.of("loss", "val_loss", "metrics.loss", "metrics.val_loss", "eval_loss", "summary.loss");
  private static final List<String> BEGINS = List.of("started", "start_time", "created");
  private static final List<String> TIMES =
      List.of("seconds", "runtime", "_runtime", "summary._runtime", "duration");

  private final Path file;
  private final Table frame;
  private final Optional<Column<?>> loss;

  private RunImport(Path file, Table frame, Optional<Column<?>> loss) {
    this.file = file;
    this.frame = frame;
    this.loss = loss;
  }

  /**
   * What was put in.
   *
   * @param plan under which the runs are found
   * @param runs how many
   * @param loss the column that was taken for the loss, empty where there is none
   */
  public record Kept(String plan, int runs, String loss) {}

  /**
   * Keeps the sound rows.
   *
   * @param loss the column with the loss; empty to look for one of the usual names
   * @throws RunFailure when there is no such column
   */
  public static Kept keep(Path root, Path file, ImportedRuns runs, String loss) throws IOException {
    Optional<Column<?>> column =
        loss.isEmpty() ? named(runs.frame(), LOSSES) : named(runs.frame(), List.of(loss));
    if (column.isEmpty() && !loss.isEmpty()) {
      throw new RunFailure(
          file + " has no column '" + loss + "'; it has " + runs.frame().columnNames());
    }
    return new RunImport(file, runs.frame(), column).into(root);
  }

  private Kept into(Path root) throws IOException {
    String plan = Sha256.hex(Files.readAllBytes(file)).substring(0, 16);
    Path folder = Files.createDirectories(root.resolve(plan));
    Optional<Column<?>> ids = named(frame, IDS);
    Set<String> taken = new HashSet<>();
    for (Row row : frame) {
      String id = unique(taken, ids.map(c -> word(row, c)).orElse(""), row.getRowNumber() + 1);
      JsonObject record = record(plan, id, row);
      Path run = Files.createDirectories(folder.resolve(id));
      String text = JSON.toJson(record);
      WholeFile.write(run.resolve(OpenRun.RECORD), text);
      WholeFile.write(
          run.resolve(OpenRun.DONE),
          "\n" + Sha256.hex(text.getBytes(StandardCharsets.UTF_8)) + "\n");
    }
    return new Kept(plan, frame.rowCount(), loss.map(Column::name).orElse(""));
  }

  private JsonObject record(String plan, String id, Row row) {
    JsonObject record = new JsonObject();
    record.addProperty("id", id);
    record.addProperty("kind", "Imported");
    JsonObject fields = new JsonObject();
    for (Column<?> column : frame.columns()) {
      fields.add(column.name(), value(row, column));
    }
    record.add("fields", fields);
    record.addProperty("plan", plan);
    record.addProperty("title", "imported from " + file.getFileName());
    record.addProperty("backend", "unknown");
    record.addProperty("status", "imported");
    record.addProperty("started", named(frame, BEGINS).map(c -> instant(word(row, c))).orElse(""));
    record.add("seconds", number(row, named(frame, TIMES)));
    record.add("loss", number(row, loss));
    record.addProperty("digest", "");
    return record;
  }

  // columns by name, whatever their case
  private static Optional<Column<?>> named(Table frame, List<String> names) {
    var columns =
        frame.columns().stream()
            .collect(
                Collectors.toMap(
                    c -> c.name().toLowerCase(Locale.ROOT), Function.identity(), (a, b) -> a));
    return names.stream()
        .map(name -> name.toLowerCase(Locale.ROOT))
        .filter(columns::containsKey)
        .<Column<?>>map(columns::get)
        .findFirst();
  }

  private static String word(Row row, Column<?> column) {
    return column.isMissing(row.getRowNumber()) ? "" : column.getString(row.getRowNumber());
  }

  private static JsonElement value(Row row, Column<?> column) {
    if (column.isMissing(row.getRowNumber())) {
      return JsonNull.INSTANCE;
    }
    return switch (column.get(row.getRowNumber())) {
      case Number number when !Double.isFinite(number.doubleValue()) -> JsonNull.INSTANCE;
      case Number number -> new JsonPrimitive(number);
      case Boolean truth -> new JsonPrimitive(truth);
      default -> new JsonPrimitive(word(row, column));
    };
  }

  private static JsonElement number(Row row, Optional<Column<?>> column) {
    JsonElement value = column.map(c -> value(row, c)).orElse(JsonNull.INSTANCE);
    return value instanceof JsonPrimitive number && number.isNumber() ? value : JsonNull.INSTANCE;
  }

  // ISO 8601 of either tracker; a time that is none is left out
  private static String instant(String text) {
    String iso = text.strip().replaceFirst("^(\\d{4}-\\d{2}-\\d{2}) ", "$1T");
    try {
      return iso.matches(".*([Zz]|[+-]\\d{2}:?\\d{2})$")
          ? OffsetDateTime.parse(iso).toInstant().toString()
          : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC).toString();
    } catch (DateTimeException otherwise) {
      return iso.matches("1[0-9]{12}") ? Instant.ofEpochMilli(Long.parseLong(iso)).toString() : "";
    }
  }

  // the name of a directory: letters, digits, '.', '_', '-'
  private static String unique(Set<String> taken, String given, int row) {
    String name = given.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[.-]+", "");
    String id = name.isBlank() ? "row-" + row : name.substring(0, Math.min(80, name.length()));
    String free = id;
    for (int n = 2; !taken.add(free); n++) {
      free = id + "-" + n;
    }
    return free;
  }
}
