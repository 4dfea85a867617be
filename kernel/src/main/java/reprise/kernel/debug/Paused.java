package reprise.kernel.debug;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.sun.jdi.AbsentInformationException;
import com.sun.jdi.ArrayReference;
import com.sun.jdi.Field;
import com.sun.jdi.IncompatibleThreadStateException;
import com.sun.jdi.ObjectReference;
import com.sun.jdi.StackFrame;
import com.sun.jdi.StringReference;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** A thread that stands still, and what the client has been shown of it. */
final class Paused {
  private static final int ELEMENTS = 100;

  private final ThreadReference thread;
  private final Stops stops;
  private final CellFiles files;
  private final Values values;

  /** What a reference of the protocol stands for; the reference is its place, from 1. */
  private final List<Holder> holders = new ArrayList<>();

  private sealed interface Holder {
    record Frame(int index) implements Holder {}

    record Parts(ObjectReference object) implements Holder {}
  }

  Paused(ThreadReference thread, Stops stops, CellFiles files, AtomicBoolean asking) {
    this.thread = thread;
    this.stops = stops;
    this.files = files;
    this.values = new Values(asking);
  }

  ThreadReference thread() {
    return thread;
  }

  /** The frames in cells, innermost first; an id is the depth from 1. */
  JsonArray stack() throws IncompatibleThreadStateException {
    var all = new JsonArray();
    var frames = thread.frames();
    for (int i = 0; i < frames.size(); i++) {
      var location = frames.get(i).location();
      var line = stops.line(location);
      if (line.isPresent()) {
        var lines = stops.lines(location).orElseThrow();
        var frame = new JsonObject();
        frame.addProperty("id", i + 1);
        frame.addProperty("name", name(location.method().name(), lines.cell().name()));
        frame.addProperty("line", line.get());
        frame.addProperty("column", 1);
        var source = new JsonObject();
        source.addProperty("name", lines.cell().name());
        source.addProperty("path", files.keep(lines.cell().text()));
        frame.add("source", source);
        all.add(frame);
      }
    }
    return all;
  }

  private static String name(String method, String cell) {
    return method.startsWith("do_it$") ? cell : method;
  }

  /** The scope of a frame's own variables. */
  JsonObject locals(int frameId) {
    holders.add(new Holder.Frame(frameId - 1));
    var scope = new JsonObject();
    scope.addProperty("name", "Locals");
    scope.addProperty("variablesReference", holders.size());
    scope.addProperty("expensive", false);
    return scope;
  }

  /** What a reference holds; empty for one that is not of this stop. */
  Optional<JsonArray> variables(int reference) throws IncompatibleThreadStateException {
    if (reference < 1 || reference > holders.size()) {
      return Optional.empty();
    }
    return Optional.of(
        switch (holders.get(reference - 1)) {
          case Holder.Frame(var index) -> locals(thread.frame(index));
          case Holder.Parts(var object) -> parts(object);
        });
  }

  private JsonArray locals(StackFrame frame) {
    var names = new ArrayList<String>();
    var found = new ArrayList<Value>();
    var self = frame.thisObject();
    if (self != null) {
      names.add("this");
      found.add(self);
    }
    try {
      for (var variable : frame.visibleVariables()) {
        names.add(variable.name());
        found.add(frame.getValue(variable));
      }
    } catch (AbsentInformationException e) {
      // Compiled without -g: there are no names.
      return new JsonArray();
    }
    var all = new JsonArray();
    for (int i = 0; i < names.size(); i++) {
      all.add(variable(names.get(i), found.get(i)));
    }
    return all;
  }

  private JsonArray parts(ObjectReference object) {
    var all = new JsonArray();
    if (object instanceof ArrayReference array) {
      int count = Math.min(array.length(), ELEMENTS);
      for (int i = 0; i < count; i++) {
        all.add(variable("[" + i + "]", array.getValue(i)));
      }
      return all;
    }
    for (Field field : Values.fields(object)) {
      all.add(variable(field.name(), object.getValue(field)));
    }
    return all;
  }

  /** A variable of the protocol; one with parts gets a reference to them. */
  JsonObject variable(String name, Value value) {
    var variable = new JsonObject();
    variable.addProperty("name", name);
    variable.addProperty("value", values.text(value, thread));
    variable.addProperty("type", Values.type(value));
    variable.addProperty("variablesReference", reference(value));
    return variable;
  }

  private int reference(Value value) {
    boolean parts =
        value instanceof ObjectReference object
            && !(value instanceof StringReference)
            && (value instanceof ArrayReference array
                ? array.length() > 0
                : !Values.fields(object).isEmpty());
    if (!parts) {
      return 0;
    }
    holders.add(new Holder.Parts((ObjectReference) value));
    return holders.size();
  }

  /** The value of a name in a frame: a local, or a field of this. */
  Optional<Value> find(int frameId, String name) throws IncompatibleThreadStateException {
    var frame = thread.frame(frameId - 1);
    try {
      var local = frame.visibleVariableByName(name);
      if (local != null) {
        return Optional.ofNullable(frame.getValue(local));
      }
    } catch (AbsentInformationException e) {
      return Optional.empty();
    }
    var self = frame.thisObject();
    if (self != null && name.equals("this")) {
      return Optional.of(self);
    }
    var field = self == null ? null : self.referenceType().fieldByName(name);
    return field == null ? Optional.empty() : Optional.ofNullable(self.getValue(field));
  }
}
