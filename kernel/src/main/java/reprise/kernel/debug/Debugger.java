package reprise.kernel.debug;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.sun.jdi.IncompatibleThreadStateException;
import com.sun.jdi.InvalidStackFrameException;
import com.sun.jdi.ObjectCollectedException;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.request.StepRequest;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import reprise.kernel.display.Renderers;
import reprise.kernel.shell.Shell;

/**
 * Answers the requests of a debugger's client.
 *
 * <p>Breakpoints stand in lines of cells. A step out of a statement of a cell ends at the next one,
 * which the shell runs on another thread. Evaluation knows names, not expressions.
 */
public final class Debugger implements AutoCloseable {
  private final CellFiles files;
  private final Shell shell;
  private final Runs runs;
  private final Consumer<JsonObject> events;

  private Debugger(Shell shell, CellFiles files, Runs runs, Consumer<JsonObject> events) {
    this.shell = shell;
    this.files = files;
    this.runs = runs;
    this.events = events;
  }

  /**
   * Attaches to this JVM, before any cell has run.
   *
   * @param prefix how the paths of cells begin; nothing is written there
   * @param events takes the protocol's events, on any thread
   * @throws IOException if the JVM was not started for it
   */
  public static Debugger attach(Shell shell, String prefix, Consumer<JsonObject> events)
      throws IOException {
    var files = new CellFiles(prefix);
    var machine = Attachment.toThisJvm();
    var runs = new Runs(machine, new Stops(machine, files), files, events);
    shell.listen(runs);
    return new Debugger(shell, files, runs, events);
  }

  /** The answer to a request; one that cannot be met says why. */
  public JsonObject answer(JsonObject request) {
    try {
      return answered(request);
    } catch (IncompatibleThreadStateException
        | InvalidStackFrameException
        | ObjectCollectedException e) {
      return Dap.refusal(request, "the code runs; what was shown of it is over");
    } catch (IndexOutOfBoundsException e) {
      return Dap.refusal(request, "there is no such frame");
    } catch (VMDisconnectedException e) {
      return Dap.refusal(request, "the debugger has lost its connection; restart the kernel");
    }
  }

  private JsonObject answered(JsonObject request) throws IncompatibleThreadStateException {
    var arguments = Dap.arguments(request);
    var command = Dap.text(request, "command");
    return switch (command) {
      case "initialize" -> Dap.response(request, capabilities());
      case "attach" -> {
        runs.begin();
        events.accept(Dap.event("initialized", new JsonObject()));
        yield Dap.response(request, new JsonObject());
      }
      case "debugInfo" -> Dap.response(request, info());
      case "dumpCell" -> {
        var body = new JsonObject();
        body.addProperty("sourcePath", files.keep(Dap.text(arguments, "code")));
        yield Dap.response(request, body);
      }
      case "setBreakpoints" -> Dap.response(request, setBreakpoints(arguments));
      case "setExceptionBreakpoints", "configurationDone" ->
          Dap.response(request, new JsonObject());
      case "source" -> source(request, arguments);
      case "modules" -> Dap.response(request, Dap.with("modules", new JsonArray()));
      case "threads" -> Dap.response(request, Dap.with("threads", runs.threads()));
      case "inspectVariables" -> Dap.response(request, Dap.with("variables", cellVariables()));
      case "richInspectVariables" -> rich(request, arguments);
      case "continue" -> {
        runs.go(Optional.empty());
        var body = new JsonObject();
        body.addProperty("allThreadsContinued", true);
        yield Dap.response(request, body);
      }
      case "next" -> step(request, StepRequest.STEP_OVER);
      case "stepIn" -> step(request, StepRequest.STEP_INTO);
      case "stepOut" -> step(request, StepRequest.STEP_OUT);
      case "disconnect", "terminate" -> {
        runs.end();
        yield Dap.response(request, new JsonObject());
      }
      case "stackTrace", "scopes", "variables", "evaluate" -> paused(request, arguments, command);
      default -> Dap.refusal(request, "this debugger has no '" + command + "'");
    };
  }

  private JsonObject paused(JsonObject request, JsonObject arguments, String command)
      throws IncompatibleThreadStateException {
    var thread = runs.paused();
    if (thread.isEmpty()) {
      return Dap.refusal(request, command + " needs a stop, and no cell stands still");
    }
    var paused = thread.get();
    return switch (command) {
      case "stackTrace" -> {
        var stack = paused.stack();
        var body = Dap.with("stackFrames", stack);
        body.addProperty("totalFrames", stack.size());
        yield Dap.response(request, body);
      }
      case "scopes" -> {
        var scopes = new JsonArray();
        scopes.add(paused.locals(Dap.number(arguments, "frameId")));
        scopes.add(cellScope());
        yield Dap.response(request, Dap.with("scopes", scopes));
      }
      case "variables" -> {
        int reference = Dap.number(arguments, "variablesReference");
        var found = reference == CELLS ? Optional.of(cellVariables()) : paused.variables(reference);
        yield found
            .map(all -> Dap.response(request, Dap.with("variables", all)))
            .orElseGet(() -> Dap.refusal(request, "there is no reference " + reference));
      }
      default -> evaluate(request, arguments, paused);
    };
  }

  /** The reference of the variables that cells have declared. */
  private static final int CELLS = 1_000_000;

  private static JsonObject cellScope() {
    var scope = new JsonObject();
    scope.addProperty("name", "Cells");
    scope.addProperty("variablesReference", CELLS);
    scope.addProperty("expensive", false);
    return scope;
  }

  private JsonArray cellVariables() {
    var all = new JsonArray();
    for (var variable : shell.variables()) {
      var entry = new JsonObject();
      entry.addProperty("name", variable.name());
      entry.addProperty("value", text(variable));
      entry.addProperty("type", variable.type());
      entry.addProperty("evaluateName", variable.name());
      entry.addProperty("variablesReference", 0);
      all.add(entry);
    }
    return all;
  }

  private static String text(Shell.Variable variable) {
    return variable.value().map(v -> Renderers.render(v).plain()).orElse("null");
  }

  private JsonObject evaluate(JsonObject request, JsonObject arguments, Paused paused)
      throws IncompatibleThreadStateException {
    var name = Dap.text(arguments, "expression").strip();
    var value = paused.find(Math.max(1, Dap.number(arguments, "frameId")), name);
    if (value.isPresent()) {
      var shown = paused.variable(name, value.get());
      shown.add("result", shown.get("value"));
      return Dap.response(request, shown);
    }
    for (var variable : shell.variables()) {
      if (variable.name().equals(name)) {
        var body = new JsonObject();
        body.addProperty("result", text(variable));
        body.addProperty("type", variable.type());
        body.addProperty("variablesReference", 0);
        return Dap.response(request, body);
      }
    }
    return Dap.refusal(
        request, "'" + name + "' names no variable here; expressions are not evaluated");
  }

  private JsonObject rich(JsonObject request, JsonObject arguments) {
    var name = Dap.text(arguments, "variableName");
    for (var variable : shell.variables()) {
      if (variable.name().equals(name)) {
        var data = new JsonObject();
        data.addProperty("text/plain", text(variable));
        var body = new JsonObject();
        body.add("data", data);
        body.add("metadata", new JsonObject());
        return Dap.response(request, body);
      }
    }
    return Dap.refusal(request, "no cell has declared '" + name + "'");
  }

  private JsonObject setBreakpoints(JsonObject arguments) {
    var source = Dap.object(arguments, "source");
    var path = Dap.text(source, "path");
    var lines = Dap.lines(arguments);
    files.stopAt(path, lines);
    runs.changed(path);
    var all = new JsonArray();
    for (int line : lines) {
      var breakpoint = new JsonObject();
      breakpoint.addProperty("verified", files.code(path).isPresent());
      breakpoint.addProperty("line", line);
      breakpoint.add("source", source);
      all.add(breakpoint);
    }
    return Dap.with("breakpoints", all);
  }

  private JsonObject source(JsonObject request, JsonObject arguments) {
    var path = Dap.text(Dap.object(arguments, "source"), "path");
    return files
        .code(path)
        .map(code -> {
          var body = new JsonObject();
          body.addProperty("content", code);
          body.addProperty("mimeType", "text/x-java");
          return Dap.response(request, body);
        })
        .orElseGet(() -> Dap.refusal(request, "'" + path + "' is no cell of this kernel"));
  }

  private JsonObject step(JsonObject request, int depth) {
    if (!runs.go(Optional.of(depth))) {
      return Dap.refusal(request, "a step needs a stop, and no cell stands still");
    }
    return Dap.response(request, new JsonObject());
  }

  private static JsonObject capabilities() {
    var body = new JsonObject();
    body.addProperty("supportsConfigurationDoneRequest", true);
    body.addProperty("supportsTerminateRequest", true);
    body.addProperty("supportsEvaluateForHovers", true);
    return body;
  }

  private JsonObject info() {
    var breakpoints = new JsonArray();
    for (var path : files.withStops()) {
      var lines = new JsonArray();
      for (int line : files.stops(path)) {
        var one = new JsonObject();
        one.addProperty("line", line);
        lines.add(one);
      }
      var file = new JsonObject();
      file.addProperty("source", path);
      file.add("breakpoints", lines);
      breakpoints.add(file);
    }
    var stopped = new JsonArray();
    runs.paused().ifPresent(paused -> stopped.add(paused.thread().uniqueID()));
    var body = new JsonObject();
    body.addProperty("isStarted", runs.begun());
    body.addProperty("hashMethod", "Murmur2");
    body.addProperty("hashSeed", Integer.toUnsignedLong(Murmur.SEED));
    body.addProperty("tmpFilePrefix", files.prefix());
    body.addProperty("tmpFileSuffix", CellFiles.SUFFIX);
    body.add("breakpoints", breakpoints);
    body.add("stoppedThreads", stopped);
    body.addProperty("richRendering", true);
    body.add("exceptionPaths", new JsonArray());
    body.addProperty("copyToGlobals", false);
    return body;
  }

  /** Lets what stands still go on, so that an interrupt or a shutdown reaches it. */
  public void release() {
    runs.go(Optional.empty());
  }

  @Override
  public void close() {
    runs.end();
  }
}
