package reprise.kernel.jupyter;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import reprise.kernel.shell.Completions;
import reprise.kernel.shell.Shell;

/** Answers completion, inspection and "is this a whole cell". */
final class CodeHelp {
  private final Future<Shell> shell;

  CodeHelp(Future<Shell> shell) {
    this.shell = shell;
  }

  JsonObject complete(Message request) throws ExecutionException, InterruptedException {
    var code = request.text("code", "");
    var found = shell.get().complete(code, offset(code, request.number("cursor_pos", 0)));
    var matches = new JsonArray();
    var types = new JsonArray();
    for (var item : found.items()) {
      matches.add(item.text());
      types.add(type(code, found, item));
    }
    var metadata = new JsonObject();
    metadata.add("_jupyter_types_experimental", types);
    var content = Content.ok();
    content.add("matches", matches);
    content.addProperty("cursor_start", position(code, found.start()));
    content.addProperty("cursor_end", position(code, found.end()));
    content.add("metadata", metadata);
    return content;
  }

  JsonObject inspect(Message request) throws ExecutionException, InterruptedException {
    var code = request.text("code", "");
    var found = shell.get().inspect(code, offset(code, request.number("cursor_pos", 0)));
    var content =
        found
            .map(Content::bundle)
            .orElseGet(() -> {
              var empty = new JsonObject();
              empty.add("data", new JsonObject());
              empty.add("metadata", new JsonObject());
              return empty;
            });
    content.addProperty("status", "ok");
    content.addProperty("found", found.isPresent());
    return content;
  }

  /** Unknown as long as JShell warms up: the console asks again. */
  JsonObject isComplete(Message request) throws ExecutionException, InterruptedException {
    var content = new JsonObject();
    if (!shell.isDone()) {
      content.addProperty("status", "unknown");
      return content;
    }
    var code = request.text("code", "");
    if (Question.of(code).isPresent()) {
      content.addProperty("status", "complete");
      return content;
    }
    var answer = shell.get().completeness(code);
    content.addProperty("status", answer.state().name().toLowerCase(Locale.ROOT));
    content.addProperty("indent", answer.indent());
    return content;
  }

  private static JsonObject type(String code, Completions found, Completions.Item item) {
    var type = new JsonObject();
    type.addProperty("start", position(code, found.start()));
    type.addProperty("end", position(code, found.end()));
    type.addProperty("text", item.text());
    type.addProperty("type", item.kind());
    return type;
  }

  /** The protocol counts characters of Unicode, Java counts UTF-16 units. */
  private static int offset(String code, int position) {
    int characters = code.codePointCount(0, code.length());
    return code.offsetByCodePoints(0, Math.clamp(position, 0, characters));
  }

  private static int position(String code, int offset) {
    return code.codePointCount(0, Math.clamp(offset, 0, code.length()));
  }
}
