package reprise.kernel.store;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;

/**
 * A run as the index lists it.
 *
 * @param plan hash of its plan
 * @param id in the plan
 * @param title of the plan
 * @param kind class of its task
 * @param status begun, done, stopped, failed or imported
 * @param started as ISO 8601, empty where it is not known; so are the other texts
 * @param seconds wall time, NaN before the end
 * @param loss held-out loss, NaN where there is none
 * @param steps of the optimiser
 * @param seed of the run
 * @param flops of training
 * @param digest of the final parameters
 * @param backend that computed it
 * @param paper that it was run for
 * @param failed why it failed or was stopped early
 * @param fields its row in the plan, as a JSON object
 */
public record RunRow(
    String plan,
    String id,
    String title,
    String kind,
    String status,
    String started,
    double seconds,
    double loss,
    long steps,
    long seed,
    double flops,
    String digest,
    String backend,
    String paper,
    String failed,
    String fields) {

  /** A row from the record in a run's directory. */
  static RunRow of(String plan, JsonObject run) {
    return new RunRow(
        plan,
        text(run, "id"),
        text(run, "title"),
        text(run, "kind"),
        text(run, "status").isEmpty() ? "done" : text(run, "status"),
        text(run, "started"),
        number(run, "seconds"),
        number(run, "loss"),
        (long) number(run, "steps"),
        (long) number(run, "seed"),
        number(run, "flops"),
        text(run, "digest"),
        text(run, "backend"),
        text(run, "paper"),
        text(run, run.has("stopped") ? "stopped" : "failed"),
        run.get("fields") instanceof JsonObject fields ? fields.toString() : "{}");
  }

  /** How a user names it: hash of the plan and id. */
  public String name() {
    return key().toString();
  }

  /** Its name in parts. */
  public RunName key() {
    return new RunName(plan, id);
  }

  /** As JSON; numbers that are not known are null. */
  public JsonObject json() {
    JsonObject json = new JsonObject();
    json.addProperty("run", name());
    json.addProperty("plan", plan);
    json.addProperty("id", id);
    json.addProperty("title", title);
    json.addProperty("kind", kind);
    json.addProperty("status", status);
    json.addProperty("started", started);
    json.add("seconds", number(seconds));
    json.add("loss", number(loss));
    json.addProperty("steps", steps);
    json.addProperty("seed", seed);
    json.add("flops", number(flops));
    json.addProperty("digest", digest);
    json.addProperty("backend", backend);
    json.addProperty("paper", paper);
    json.addProperty("failed", failed);
    json.add("fields", JsonParser.parseString(fields));
    return json;
  }

  private static JsonElement number(double value) {
    return Double.isFinite(value) ? new JsonPrimitive(value) : JsonNull.INSTANCE;
  }

  private static String text(JsonObject run, String name) {
    JsonElement value = run.get(name);
    return value instanceof JsonPrimitive text ? text.getAsString() : "";
  }

  private static double number(JsonObject run, String name) {
    JsonElement value = run.get(name);
    return value instanceof JsonPrimitive number && number.isNumber()
        ? number.getAsDouble()
        : Double.NaN;
  }
}
