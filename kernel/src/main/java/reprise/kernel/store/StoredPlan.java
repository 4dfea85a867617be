package reprise.kernel.store;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the store has of a plan.
 *
 * @param runs the finished ones, by id
 * @param unfinished runs that were begun and have no result
 * @param failed runs that came to no result, with their reason in their record
 * @param changed when the last run was kept
 */
public record StoredPlan(
    String hash, String title, List<StoredRun> runs, int unfinished, int failed, Instant changed) {

  /** A finished run; its fields are those of its row in the plan. */
  public record StoredRun(
      String id, Map<String, String> fields, double loss, double seconds, String backend) {
    public StoredRun {
      fields = new LinkedHashMap<>(fields);
    }
  }

  public StoredPlan {
    runs = List.copyOf(runs);
  }

  /** All plans under the root of a store, the latest first; none where there is no store yet. */
  public static List<StoredPlan> all(Path root) throws IOException {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    var plans = new ArrayList<StoredPlan>();
    for (var folder : folders(root)) {
      plans.add(read(folder));
    }
    plans.sort(Comparator.comparing(StoredPlan::changed).reversed());
    return plans;
  }

  private static StoredPlan read(Path folder) throws IOException {
    var runs = new ArrayList<StoredRun>();
    int unfinished = 0;
    int failed = 0;
    var title = "";
    var changed = Instant.EPOCH;
    for (var run : folders(folder)) {
      if (run.getFileName().toString().contains("~")) {
        continue; // an earlier result of another library
      }
      if (Files.exists(run.resolve(OpenRun.FAILED))) {
        failed++;
        continue;
      }
      var json = json(run);
      if (json.isEmpty()) {
        unfinished++;
        continue;
      }
      var time = Files.getLastModifiedTime(run.resolve("DONE")).toInstant();
      changed = time.isAfter(changed) ? time : changed;
      title = json.get().get("title").getAsString();
      runs.add(run(json.get()));
    }
    runs.sort(Comparator.comparing(StoredRun::id));
    return new StoredPlan(
        folder.getFileName().toString(), title, runs, unfinished, failed, changed);
  }

  /** The record of a run; empty where it has not finished or cannot be read. */
  private static Optional<JsonObject> json(Path run) throws IOException {
    if (!Files.isRegularFile(run.resolve("DONE"))) {
      return Optional.empty();
    }
    try {
      var text = Files.readString(run.resolve("run.json"));
      var json = JsonParser.parseString(text).getAsJsonObject();
      return json.has("title") && json.has("loss") ? Optional.of(json) : Optional.empty();
    } catch (JsonParseException | IllegalStateException unreadable) {
      return Optional.empty();
    }
  }

  private static StoredRun run(JsonObject json) {
    Map<String, String> fields = new LinkedHashMap<>();
    if (json.has("fields")) {
      json.getAsJsonObject("fields")
          .asMap()
          .forEach(
              (name, value) -> fields.put(name, value.isJsonNull() ? "" : value.getAsString()));
    }
    return new StoredRun(
        json.get("id").getAsString(),
        fields,
        number(json, "loss"),
        number(json, "seconds"),
        json.get("backend").getAsString());
  }

  private static double number(JsonObject json, String name) {
    return json.get(name).isJsonNull() ? Double.NaN : json.get(name).getAsDouble();
  }

  static List<Path> folders(Path folder) throws IOException {
    try (var all = Files.list(folder)) {
      return all.filter(Files::isDirectory).sorted().toList();
    }
  }
}
