package reprise.kernel.store;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import reprise.dsl.plan.Field;
import reprise.dsl.plan.Task;
import reprise.dsl.result.LossCurve;
import reprise.dsl.result.Measure;
import reprise.dsl.result.Passage;
import reprise.dsl.result.Reading;
import reprise.dsl.result.Readings;
import reprise.dsl.result.RunOutcome;

/** A finished run as JSON, in run.json of the store and in recorded rows. */
public final class RunJson {
  private RunJson() {}

  /** A run on one line; of one that failed, its id and the reason. */
  public static String line(RunOutcome run) {
    return switch (run) {
      case RunOutcome.Finished<?> finished -> of(finished).toString();
      case RunOutcome.Stopped early -> stopped(early).toString();
      case RunOutcome.Failed failed -> {
        JsonObject json = new JsonObject();
        json.addProperty("id", failed.task().id());
        json.addProperty("failed", failed.reason());
        yield json.toString();
      }
    };
  }

  /** A line read back. */
  public static RunOutcome read(Task task, String line) {
    JsonObject json = JsonParser.parseString(line).getAsJsonObject();
    return json.has("failed")
        ? new RunOutcome.Failed(task, json.get("failed").getAsString())
        : ended(task, json);
  }

  /** A run that ended with parameters: at its last step, or where a rule stopped it. */
  static RunOutcome ended(Task task, JsonObject json) {
    RunOutcome.Finished<Task> run = finished(task, json);
    return json.has("stopped")
        ? new RunOutcome.Stopped(
            run, json.get("step").getAsInt(), json.get("stopped").getAsString())
        : run;
  }

  /** A run that a rule stopped, with its last step and the reason. */
  static JsonObject stopped(RunOutcome.Stopped run) {
    JsonObject json = of(run.run());
    json.addProperty("step", run.step());
    json.addProperty("stopped", run.reason());
    return json;
  }

  /** What was to be done. */
  static JsonObject task(Task task) {
    JsonObject json = new JsonObject();
    json.addProperty("id", task.id());
    json.addProperty("kind", task.getClass().getSimpleName());
    JsonObject fields = new JsonObject();
    for (Field field : task.fields()) {
      fields.add(
          field.name(), field.isWords() ? new JsonPrimitive(field.text()) : number(field.number()));
    }
    json.add("fields", fields);
    json.addProperty("setting", task.setting());
    json.addProperty("flops", task.flops().count());
    json.addProperty("steps", task.steps());
    json.addProperty("seed", task.seed());
    return json;
  }

  /** Everything about the run but what computed it. Numbers that are not finite are null. */
  public static JsonObject of(RunOutcome.Finished<?> run) {
    JsonObject json = task(run.task());
    json.add("loss", number(run.loss()));
    json.addProperty("seconds", run.seconds());
    json.addProperty("digest", run.digest());
    if (!run.readings().values().isEmpty()) {
      json.add("readings", readings(run.readings()));
    }
    if (!run.readings().passages().isEmpty()) {
      json.add("passages", passages(run.readings()));
    }
    JsonArray steps = new JsonArray();
    JsonArray losses = new JsonArray();
    IntStream.of(run.curve().steps()).forEach(steps::add);
    for (double loss : run.curve().losses()) {
      losses.add(number(loss));
    }
    json.add("curveSteps", steps);
    json.add("curveLosses", losses);
    return json;
  }

  /**
   * The run of that task, read back.
   *
   * @throws IllegalStateException or NullPointerException when something of it is missing
   */
  public static <T extends Task> RunOutcome.Finished<T> finished(T task, JsonObject run) {
    return new RunOutcome.Finished<>(
        task,
        value(run.get("loss")),
        curve(run),
        readings(run),
        run.get("seconds").getAsDouble(),
        run.get("digest").getAsString());
  }

  /** Readings and passages as a note of {@link Resume}. */
  public static String note(Readings readings) {
    JsonObject json = new JsonObject();
    json.add("readings", readings(readings));
    json.add("passages", passages(readings));
    return json.toString();
  }

  /** What {@link #note} wrote; nothing for an empty note. */
  public static Readings ofNote(String note) {
    return note.isEmpty()
        ? Readings.NONE
        : readings(JsonParser.parseString(note).getAsJsonObject());
  }

  private static JsonArray readings(Readings readings) {
    JsonArray all = new JsonArray();
    for (Reading reading : readings.values()) {
      JsonObject json = new JsonObject();
      json.addProperty("measure", reading.measure().name());
      json.addProperty("unit", reading.measure().unit());
      json.addProperty("at", reading.at());
      json.add("value", number(reading.value()));
      all.add(json);
    }
    return all;
  }

  private static JsonArray passages(Readings readings) {
    JsonArray all = new JsonArray();
    for (Passage passage : readings.passages()) {
      JsonObject json = new JsonObject();
      json.addProperty("at", passage.at());
      json.addProperty("prompt", passage.prompt());
      json.addProperty("text", passage.text());
      all.add(json);
    }
    return all;
  }

  private static Readings readings(JsonObject run) {
    List<Reading> values = new ArrayList<>();
    for (JsonElement each : list(run, "readings")) {
      JsonObject json = each.getAsJsonObject();
      Measure measure =
          new Measure(json.get("measure").getAsString(), json.get("unit").getAsString());
      values.add(new Reading(measure, json.get("at").getAsString(), value(json.get("value"))));
    }
    List<Passage> passages = new ArrayList<>();
    for (JsonElement each : list(run, "passages")) {
      JsonObject json = each.getAsJsonObject();
      passages.add(
          new Passage(
              json.get("at").getAsString(),
              json.get("prompt").getAsString(),
              json.get("text").getAsString()));
    }
    return new Readings(values, passages);
  }

  private static JsonArray list(JsonObject run, String name) {
    return run.has(name) ? run.getAsJsonArray(name) : new JsonArray();
  }

  private static LossCurve curve(JsonObject run) {
    JsonArray steps = run.getAsJsonArray("curveSteps");
    JsonArray losses = run.getAsJsonArray("curveLosses");
    int[] s = new int[steps.size()];
    double[] l = new double[losses.size()];
    for (int i = 0; i < s.length; i++) {
      s[i] = steps.get(i).getAsInt();
      l[i] = value(losses.get(i));
    }
    return new LossCurve(s, l);
  }

  // JSON has no NaN and no infinity
  private static JsonElement number(double value) {
    return Double.isFinite(value) ? new JsonPrimitive(value) : JsonNull.INSTANCE;
  }

  private static double value(JsonElement number) {
    return number.isJsonNull() ? Double.NaN : number.getAsDouble();
  }
}
