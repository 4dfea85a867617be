package reprise.kernel.debug;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Builds messages of the Debug Adapter Protocol, and reads what requests carry. */
final class Dap {
  private static final AtomicInteger SEQUENCE = new AtomicInteger();

  private Dap() {}

  /** The answer to a request that went well. */
  static JsonObject response(JsonObject request, JsonObject body) {
    var response = response(request, true);
    response.add("body", body);
    return response;
  }

  /** The answer to one that did not. */
  static JsonObject refusal(JsonObject request, String reason) {
    var response = response(request, false);
    response.addProperty("message", reason);
    response.add("body", new JsonObject());
    return response;
  }

  private static JsonObject response(JsonObject request, boolean success) {
    var response = new JsonObject();
    response.addProperty("seq", SEQUENCE.incrementAndGet());
    response.addProperty("type", "response");
    response.add("request_seq", request.get("seq"));
    response.addProperty("success", success);
    response.addProperty("command", text(request, "command"));
    return response;
  }

  static JsonObject event(String name, JsonObject body) {
    var event = new JsonObject();
    event.addProperty("seq", SEQUENCE.incrementAndGet());
    event.addProperty("type", "event");
    event.addProperty("event", name);
    event.add("body", body);
    return event;
  }

  /** An object with one field. */
  static JsonObject with(String name, JsonArray values) {
    var object = new JsonObject();
    object.add(name, values);
    return object;
  }

  static JsonObject arguments(JsonObject request) {
    return object(request, "arguments");
  }

  static JsonObject object(JsonObject parent, String name) {
    return parent.get(name) instanceof JsonObject object ? object : new JsonObject();
  }

  static String text(JsonObject object, String name) {
    var value = object.get(name);
    return value == null || !value.isJsonPrimitive() ? "" : value.getAsString();
  }

  static int number(JsonObject object, String name) {
    var value = object.get(name);
    return value == null || !value.isJsonPrimitive() ? 0 : value.getAsInt();
  }

  /** The lines of {@code breakpoints: [{line: 3}, ...]}. */
  static List<Integer> lines(JsonObject arguments) {
    var lines = new ArrayList<Integer>();
    if (arguments.get("breakpoints") instanceof JsonArray array) {
      for (var element : array) {
        lines.add(number(element.getAsJsonObject(), "line"));
      }
    }
    return lines;
  }
}
