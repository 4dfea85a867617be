package reprise.kernel.debug;

import com.sun.jdi.AbsentInformationException;
import com.sun.jdi.ClassNotPreparedException;
import com.sun.jdi.Location;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.request.BreakpointRequest;
import com.sun.jdi.request.EventRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import reprise.kernel.shell.CellLines;

/** Breakpoints: of the lines that the user chose, in all classes that were made of them. */
final class Stops {
  private final VirtualMachine machine;
  private final CellFiles files;
  private final Map<String, CellLines> byClass = new HashMap<>();
  private final Map<String, List<BreakpointRequest>> requests = new HashMap<>();
  private boolean active;

  Stops(VirtualMachine machine, CellFiles files) {
    this.machine = machine;
    this.files = files;
  }

  /** A class of a cell is there. */
  synchronized void add(CellLines lines) {
    byClass.put(lines.className(), lines);
    set(lines);
  }

  /** Whether breakpoints count at all; without a client none does. */
  synchronized void activate(boolean next) {
    active = next;
    byClass.values().forEach(this::set);
  }

  /** The chosen lines of a file are others now. */
  synchronized void changed(String path) {
    byClass.values().stream()
        .filter(lines -> files.path(lines.cell().text()).equals(path))
        .forEach(this::set);
  }

  private void set(CellLines lines) {
    var old = requests.remove(lines.className());
    if (old != null) {
      machine.eventRequestManager().deleteEventRequests(old);
    }
    if (!active) {
      return;
    }
    var made = new ArrayList<BreakpointRequest>();
    for (int chosen : files.stops(files.path(lines.cell().text()))) {
      for (var location : locations(lines, chosen)) {
        var request = request(location);
        request.enable();
        made.add(request);
      }
    }
    requests.put(lines.className(), made);
  }

  private BreakpointRequest request(Location location) {
    var request = machine.eventRequestManager().createBreakpointRequest(location);
    request.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
    return request;
  }

  /** Stops the run of a class once, where the code of the user begins. */
  synchronized Optional<BreakpointRequest> atBegin(CellLines lines) {
    return types(lines.className()).stream()
        .flatMap(type -> type.methodsByName("do_it$").stream())
        .flatMap(method -> locations(method::allLineLocations).stream())
        .filter(location -> lines.lines().containsKey(location.lineNumber()))
        .findFirst()
        .map(location -> {
          var request = request(location);
          request.addCountFilter(1);
          request.enable();
          return request;
        });
  }

  private List<Location> locations(CellLines lines, int cellLine) {
    var found = new ArrayList<Location>();
    for (var type : types(lines.className())) {
      // one stop in each method, at the first instruction: a line may stand in two of the class
      var methods = new HashMap<String, Location>();
      for (int line : lines.inClass(cellLine)) {
        for (var location : locations(() -> type.locationsOfLine(line))) {
          methods.putIfAbsent(location.method().toString(), location);
        }
      }
      found.addAll(methods.values());
    }
    return found;
  }

  /** The class of a snippet and those declared in it. */
  private List<ReferenceType> types(String className) {
    var all = new ArrayList<ReferenceType>();
    for (var type : machine.classesByName(className)) {
      all.add(type);
      all.addAll(type.nestedTypes());
    }
    return all;
  }

  private interface Lines {
    List<Location> get() throws AbsentInformationException;
  }

  private static List<Location> locations(Lines lines) {
    try {
      return lines.get();
    } catch (AbsentInformationException | ClassNotPreparedException e) {
      // No code of a cell: an interface, or a class that nothing has touched yet.
      return List.of();
    }
  }

  /** The cell's line that a location belongs to. */
  synchronized Optional<Integer> line(Location location) {
    return lines(location).map(lines -> lines.lines().get(location.lineNumber()));
  }

  synchronized Optional<CellLines> lines(Location location) {
    var name = location.declaringType().name();
    int inner = name.indexOf('$', name.indexOf("$JShell$") + "$JShell$".length());
    return Optional.ofNullable(byClass.get(inner < 0 ? name : name.substring(0, inner)));
  }
}
