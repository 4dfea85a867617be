package reprise.kernel.jupyter;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The debugger as JupyterLab uses it: requests on the control channel, events on iopub. */
@Tag("kernel")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DebuggerTest {
  private static final String CELL =
      """
      int scale = 3;
      int twice(int n) {
        int result = n + n;
        return result;
      }
      int[] parts = {twice(scale), 7};
      parts[0] + 1\
      """;

  private KernelProcess kernel;
  private int sequence;

  /** Events that came on the way of a reply. */
  private final List<Message> early = new ArrayList<>();

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    kernel = KernelProcess.withDebugger(folder);
    var info =
        kernel
            .watched(() ->
                kernel.client.askFirst(
                    "kernel_info_request", new JsonObject(), KernelProcess.PATIENCE))
            .content();
    kernel.execute("");
    assertThat(info.get("debugger").getAsBoolean()).isTrue();
    assertThat(info.getAsJsonArray("supported_features")).hasToString("[\"debugger\"]");
  }

  @AfterAll
  void end() {
    kernel.close();
  }

  private JsonObject answer(String command, String arguments) {
    var request = new JsonObject();
    request.addProperty("seq", ++sequence);
    request.addProperty("type", "request");
    request.addProperty("command", command);
    request.add("arguments", JsonParser.parseString(arguments));
    var answered =
        kernel.watched(
            () -> kernel.client.askControl("debug_request", request, KernelProcess.PATIENCE));
    answered.published().stream().filter(m -> m.type().equals("debug_event")).forEach(early::add);
    var reply = answered.reply();
    assertThat(reply.type()).isEqualTo("debug_reply");
    assertThat(reply.content().get("request_seq").getAsInt()).isEqualTo(sequence);
    assertThat(reply.content().get("command").getAsString()).isEqualTo(command);
    return reply.content();
  }

  private JsonObject body(String command, String arguments) {
    var answer = answer(command, arguments);
    assertThat(answer.get("success").getAsBoolean()).as(answer.toString()).isTrue();
    return answer.getAsJsonObject("body");
  }

  /** Waits for an event; its body. */
  private JsonObject event(String name) {
    for (var message : List.copyOf(early)) {
      if (message.text("event", "").equals(name)) {
        early.remove(message);
        return message.content().getAsJsonObject("body");
      }
    }
    var message =
        kernel.watched(() ->
            kernel.client.published(
                m -> m.type().equals("debug_event") && m.text("event", "").equals(name),
                KernelProcess.PATIENCE));
    return message.content().getAsJsonObject("body");
  }

  /** Waits for a stop; where it is, as "name:line" from the innermost frame. */
  private List<String> stopped(String reason) {
    var body = event("stopped");
    assertThat(body.get("reason").getAsString()).isEqualTo(reason);
    var frames =
        body("stackTrace", "{threadId: " + body.get("threadId") + "}")
            .getAsJsonArray("stackFrames");
    var all = new ArrayList<String>();
    for (var frame : frames) {
      var f = frame.getAsJsonObject();
      all.add(f.get("name").getAsString() + ":" + f.get("line").getAsInt());
    }
    return all;
  }

  private static Optional<JsonObject> named(JsonArray all, String name) {
    for (var one : all) {
      if (one.getAsJsonObject().get("name").getAsString().equals(name)) {
        return Optional.of(one.getAsJsonObject());
      }
    }
    return Optional.empty();
  }

  private String breakpoints(String path, int... lines) {
    var all = new ArrayList<String>();
    for (int line : lines) {
      all.add("{line: " + line + "}");
    }
    return "{source: {path: '" + path + "'}, breakpoints: [" + String.join(",", all) + "]}";
  }

  @Test
  void aSession() {
    assertThat(body("initialize", "{}").get("supportsConfigurationDoneRequest").getAsBoolean())
        .isTrue();
    body("attach", "{}");
    event("initialized");
    var info = body("debugInfo", "{}");
    assertThat(info.get("isStarted").getAsBoolean()).isTrue();
    assertThat(info.get("hashMethod").getAsString()).isEqualTo("Murmur2");
    var path =
        body("dumpCell", "{code: " + new com.google.gson.JsonPrimitive(CELL) + "}")
            .get("sourcePath")
            .getAsString();
    assertThat(path)
        .startsWith(info.get("tmpFilePrefix").getAsString())
        .endsWith(info.get("tmpFileSuffix").getAsString());
    var set = body("setBreakpoints", breakpoints(path, 3)).getAsJsonArray("breakpoints");
    assertThat(set.get(0).getAsJsonObject().get("verified").getAsBoolean()).isTrue();
    body("configurationDone", "{}");
    assertThat(body("debugInfo", "{}").getAsJsonArray("breakpoints"))
        .hasToString("[{\"source\":\"" + path + "\",\"breakpoints\":[{\"line\":3}]}]");

    var cell = kernel.client.sendShell("execute_request", Client.code(CELL));
    assertThat(stopped("breakpoint")).containsExactly("twice:3", "cell 2:6");

    var scopes = body("scopes", scopesOfTop()).getAsJsonArray("scopes");
    var locals = variables(named(scopes, "Locals").orElseThrow());
    assertThat(named(locals, "n").orElseThrow().get("value").getAsString()).isEqualTo("3");
    assertThat(named(locals, "result")).isEmpty();
    var cells = variables(named(scopes, "Cells").orElseThrow());
    assertThat(named(cells, "scale").orElseThrow().get("value").getAsString()).isEqualTo("3");

    body("next", "{threadId: 1}");
    assertThat(stopped("step")).containsExactly("twice:4", "cell 2:6");
    assertThat(
            body("evaluate", "{expression: 'result', frameId: " + topFrame() + "}")
                .get("result")
                .getAsString())
        .isEqualTo("6");
    assertThat(answer("evaluate", "{expression: 'a + b', frameId: 1}").get("message").getAsString())
        .isEqualTo("'a + b' names no variable here; expressions are not evaluated");

    // a kernel that stands still still answers
    assertThat(
            kernel
                .client
                .askControl("kernel_info_request", new JsonObject(), Duration.ofSeconds(20))
                .content()
                .get("status")
                .getAsString())
        .isEqualTo("ok");

    body("stepOut", "{threadId: 1}");
    assertThat(stopped("step")).containsExactly("cell 2:6");
    body("next", "{threadId: 1}");
    // the next statement runs on another thread
    assertThat(stopped("step")).containsExactly("cell 2:7");
    body("continue", "{threadId: 1}");
    var answer = kernel.watched(() -> kernel.client.awaitShell(cell, KernelProcess.PATIENCE));
    assertThat(answer.content().get("status").getAsString()).isEqualTo("ok");
    assertThat(answer.of("execute_result").getFirst().getAsJsonObject("data"))
        .hasToString("{\"text/plain\":\"7\"}");

    assertThat(answer("stackTrace", "{threadId: 1}").get("message").getAsString())
        .isEqualTo("stackTrace needs a stop, and no cell stands still");
    stepsIntoWhatEarlierCellsDeclared();
    anInterruptFreesACellThatStandsStill(path);
    afterDisconnectNothingStops(path);
  }

  private void stepsIntoWhatEarlierCellsDeclared() {
    var code = "var box = new java.util.ArrayList<>(List.of(1, 2));\nint four = twice(2);";
    var path =
        body("dumpCell", "{code: " + new com.google.gson.JsonPrimitive(code) + "}")
            .get("sourcePath")
            .getAsString();
    body("setBreakpoints", breakpoints(path, 2));
    var cell = kernel.client.sendShell("execute_request", Client.code(code));
    assertThat(stopped("breakpoint")).containsExactly("cell 3:2");
    var cells =
        variables(
            named(body("scopes", scopesOfTop()).getAsJsonArray("scopes"), "Cells").orElseThrow());
    assertThat(named(cells, "box").orElseThrow().get("value").getAsString()).isEqualTo("[1, 2]");
    body("stepIn", "{threadId: 1}");
    assertThat(stopped("step")).containsExactly("twice:3", "cell 3:2");
    body("setBreakpoints", breakpoints(path));
    // the line has a breakpoint of the first cell, which does not stop the same run again
    body("continue", "{threadId: 1}");
    kernel.watched(() -> kernel.client.awaitShell(cell, KernelProcess.PATIENCE));
    assertThat(
            named(body("inspectVariables", "{}").getAsJsonArray("variables"), "four")
                .orElseThrow()
                .get("value")
                .getAsString())
        .isEqualTo("4");
  }

  private void anInterruptFreesACellThatStandsStill(String path) {
    body("setBreakpoints", breakpoints(path, 4));
    var cell = kernel.client.sendShell("execute_request", Client.code("while (true) twice(1);"));
    assertThat(stopped("breakpoint").getFirst()).isEqualTo("twice:4");
    body("setBreakpoints", breakpoints(path));
    kernel.watched(() ->
        kernel.client.askControl("interrupt_request", new JsonObject(), KernelProcess.PATIENCE));
    var answer = kernel.watched(() -> kernel.client.awaitShell(cell, KernelProcess.PATIENCE));
    assertThat(answer.content().get("ename").getAsString()).isEqualTo("Interrupted");
  }

  private void afterDisconnectNothingStops(String path) {
    body("setBreakpoints", breakpoints(path, 3));
    body("disconnect", "{restart: false, terminateDebuggee: false}");
    assertThat(kernel.execute("twice(21)").of("execute_result").getFirst().getAsJsonObject("data"))
        .hasToString("{\"text/plain\":\"42\"}");
    assertThat(body("debugInfo", "{}").get("isStarted").getAsBoolean()).isFalse();
  }

  private int topFrame() {
    return body("stackTrace", "{threadId: 1}")
        .getAsJsonArray("stackFrames")
        .get(0)
        .getAsJsonObject()
        .get("id")
        .getAsInt();
  }

  private String scopesOfTop() {
    return "{frameId: " + topFrame() + "}";
  }

  private JsonArray variables(JsonObject scope) {
    return body("variables", "{variablesReference: " + scope.get("variablesReference") + "}")
        .getAsJsonArray("variables");
  }
}
