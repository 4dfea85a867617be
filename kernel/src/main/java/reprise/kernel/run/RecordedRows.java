package reprise.kernel.run;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import reprise.dsl.RunFailure;
import reprise.dsl.plan.Plan;
import reprise.dsl.plan.Task;
import reprise.dsl.repro.Reproduction;
import reprise.dsl.repro.Scale;
import reprise.dsl.result.LossCurve;
import reprise.dsl.result.RunOutcome;
import reprise.kernel.analysis.Csv;
import reprise.kernel.store.RunJson;

/**
 * The recorded runs of a reproduction: {@code <part>.jsonl}, a line a run; of older records the
 * losses of {@code <part>.csv}.
 */
final class RecordedRows {
  private final Reproduction reproduction;
  private final Scale scale;

  RecordedRows(Reproduction reproduction, Scale scale) {
    this.reproduction = reproduction;
    this.scale = scale;
  }

  /**
   * The runs of a part, in the plan's order.
   *
   * @throws RunFailure when there are none, or they are not those of the plan
   */
  List<RunOutcome> of(String part, Plan plan) {
    Map<String, String> lines = lines(part);
    List<String> wanted = plan.runs().stream().map(Task::id).toList();
    if (lines.isEmpty()) {
      throw new RunFailure(
          "nothing was recorded of "
              + where(part)
              + "; ./reprise reproduce "
              + reproduction.card().slug()
              + " --record does");
    }
    if (!List.copyOf(lines.keySet()).equals(wanted)) {
      throw new RunFailure(
          "the record of " + where(part) + " is of another plan: its runs are not the plan's");
    }
    boolean whole = recorded(part + ".jsonl").isPresent();
    return plan.runs().stream()
        .map(task ->
            whole ? RunJson.read(task, lines.get(task.id())) : loss(task, lines.get(task.id())))
        .toList();
  }

  /** What the record says of who computed a part. */
  Optional<JsonObject> provenance(String part) {
    Optional<String> record = recorded("record.json").map(RecordedRows::read);
    if (record.isPresent()) {
      JsonObject json = JsonParser.parseString(record.get()).getAsJsonObject();
      for (JsonElement each : json.getAsJsonArray("provenance")) {
        JsonObject one = each.getAsJsonObject();
        if (one.get("part").getAsString().equals(part) && one.has("backend")) {
          return Optional.of(one);
        }
      }
    }
    return Optional.empty();
  }

  // by id: a line of JSON, or a loss, empty for a run that failed
  private Map<String, String> lines(String part) {
    Map<String, String> lines = new LinkedHashMap<>();
    Optional<URL> whole = recorded(part + ".jsonl");
    if (whole.isPresent()) {
      for (String line : read(whole.get()).lines().toList()) {
        lines.put(JsonParser.parseString(line).getAsJsonObject().get("id").getAsString(), line);
      }
      return lines;
    }
    recorded(part + ".csv")
        .ifPresent(url -> {
          Csv csv = Csv.parse(part + ".csv", read(url));
          int loss = csv.header().indexOf("loss nats/token");
          csv.rows().forEach(row -> lines.put(row.getFirst(), row.get(loss)));
        });
    return lines;
  }

  private static RunOutcome loss(Task task, String loss) {
    LossCurve none = new LossCurve(new int[0], new double[0]);
    return loss.isEmpty()
        ? new RunOutcome.Failed(task, "failed when it was recorded")
        : new RunOutcome.Finished<>(task, Double.parseDouble(loss), none, 0, "");
  }

  private Optional<URL> recorded(String file) {
    return reproduction.recorded(scale, file);
  }

  private String where(String part) {
    return reproduction.card().slug() + ", " + part + ", at " + scale.word() + " scale";
  }

  private static String read(URL url) {
    try (InputStream in = url.openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException("the record cannot be read: " + url, failure);
    }
  }
}
