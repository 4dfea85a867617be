package reprise.kernel.jupyter;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.List;
import reprise.kernel.display.MimeBundle;
import reprise.kernel.shell.Failure;

/** Builds the contents of messages. */
final class Content {
  private Content() {}

  static JsonObject ok() {
    var content = new JsonObject();
    content.addProperty("status", "ok");
    return content;
  }

  static JsonObject error(Failure failure) {
    return error(failure.name(), failure.message(), failure.styled());
  }

  static JsonObject error(String name, String message, List<String> lines) {
    var content = new JsonObject();
    content.addProperty("status", "error");
    content.addProperty("ename", name);
    content.addProperty("evalue", message);
    content.add("traceback", strings(lines));
    return content;
  }

  /** {@code data} and {@code metadata} of a bundle. */
  static JsonObject bundle(MimeBundle bundle) {
    var data = new JsonObject();
    var metadata = new JsonObject();
    for (var part : bundle.parts()) {
      // not a switch: the first cell would wait for it to be linked
      if (part instanceof MimeBundle.Text text) {
        data.add(text.type(), text(text));
      } else if (part instanceof MimeBundle.Binary binary) {
        data.addProperty(binary.type(), binary.base64());
        if (binary.width() > 0 && binary.height() > 0) {
          var size = new JsonObject();
          size.addProperty("width", binary.width());
          size.addProperty("height", binary.height());
          metadata.add(binary.type(), size);
        }
      }
    }
    var content = new JsonObject();
    content.add("data", data);
    content.add("metadata", metadata);
    return content;
  }

  static JsonArray strings(List<String> texts) {
    var array = new JsonArray();
    texts.forEach(array::add);
    return array;
  }

  /** Notebook files hold JSON types as JSON, not as text. */
  private static JsonElement text(MimeBundle.Text part) {
    if (part.type().endsWith("json")) {
      try {
        return JsonParser.parseString(part.text());
      } catch (JsonParseException e) {
        Log.warn("a renderer gave " + part.type() + " that is not JSON; it is sent as text", e);
      }
    }
    return new JsonPrimitive(part.text());
  }
}
