package reprise.kernel.debug;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.sun.jdi.IncompatibleThreadStateException;
import com.sun.jdi.Location;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.event.LocatableEvent;
import com.sun.jdi.event.StepEvent;
import com.sun.jdi.request.BreakpointRequest;
import com.sun.jdi.request.EventRequest;
import com.sun.jdi.request.StepRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import reprise.kernel.shell.CellLines;
import reprise.kernel.shell.RunListener;

/** What runs and what stands still: breakpoints and steps as they happen. */
final class Runs implements RunListener {
  private final VirtualMachine machine;
  private final Stops stops;
  private final CellFiles files;
  private final Consumer<JsonObject> events;

  /** True while a toString runs for the client, in which nothing stops. */
  private final AtomicBoolean asking = new AtomicBoolean();

  private final Deque<Paused> paused = new ArrayDeque<>();
  private boolean begun;

  /** Where the step began that is under way; null outside of steps. */
  private Step stepping;

  /**
   * @param lines of the cell, in which the step goes on with the next statement
   * @param depth into, over or out, as {@link StepRequest} has it
   */
  private record Step(CellLines lines, Location from, int frames, int depth) {}

  private BreakpointRequest begin;

  /** Where the last stop was, if a step led there; null otherwise. */
  private Location stepped;

  Runs(VirtualMachine machine, Stops stops, CellFiles files, Consumer<JsonObject> events) {
    this.machine = machine;
    this.stops = stops;
    this.files = files;
    this.events = events;
    Thread.ofPlatform().daemon().name("debugger").start(this::listen);
  }

  @Override
  public void loaded(CellLines lines) {
    files.keep(lines.cell().text());
    stops.add(lines);
  }

  @Override
  public synchronized void beforeRun(CellLines lines) {
    forgetBegin();
    if (stepping != null && stepping.lines().cell().equals(lines.cell())) {
      begin = stops.atBegin(lines).orElse(null);
    }
    stepping = null;
  }

  private void forgetBegin() {
    if (begin != null) {
      machine.eventRequestManager().deleteEventRequest(begin);
      begin = null;
    }
  }

  synchronized void begin() {
    begun = true;
    stops.activate(true);
  }

  synchronized boolean begun() {
    return begun;
  }

  /** No breakpoints any more; what stands still goes on. */
  void end() {
    synchronized (this) {
      begun = false;
      files.clearStops();
      stops.activate(false);
    }
    go(Optional.empty());
  }

  void changed(String path) {
    stops.changed(path);
  }

  /** What stood still last. */
  synchronized Optional<Paused> paused() {
    return Optional.ofNullable(paused.peekLast());
  }

  /** The threads that stand still, and those that run cells. */
  synchronized JsonArray threads() {
    var all = new JsonArray();
    for (var thread : machine.allThreads()) {
      boolean still = paused.stream().anyMatch(p -> p.thread().equals(thread));
      if (still || thread.name().equals("cell")) {
        var entry = new JsonObject();
        entry.addProperty("id", thread.uniqueID());
        entry.addProperty("name", thread.name());
        all.add(entry);
      }
    }
    return all;
  }

  /**
   * Goes on: by a step of the given depth, or up to the next breakpoint.
   *
   * @return whether anything stood still
   */
  boolean go(Optional<Integer> depth) {
    List<Paused> going;
    synchronized (this) {
      stepping = null;
      going =
          depth.isPresent() && !paused.isEmpty() ? List.of(paused.peekLast()) : List.copyOf(paused);
      paused.removeAll(going);
      for (var one : going) {
        forgetSteps(one.thread());
        depth.ifPresent(d -> step(one.thread(), d));
      }
    }
    for (var one : going) {
      var body = new JsonObject();
      body.addProperty("threadId", one.thread().uniqueID());
      body.addProperty("allThreadsContinued", false);
      events.accept(Dap.event("continued", body));
      one.thread().resume();
    }
    return !going.isEmpty();
  }

  private void forgetSteps(ThreadReference thread) {
    var old =
        machine.eventRequestManager().stepRequests().stream()
            .filter(request -> request.thread().equals(thread))
            .toList();
    machine.eventRequestManager().deleteEventRequests(old);
  }

  private void step(ThreadReference thread, int depth) {
    try {
      var from = thread.frame(0).location();
      int frames = thread.frameCount();
      stepping = stops.lines(from).map(lines -> new Step(lines, from, frames, depth)).orElse(null);
    } catch (IncompatibleThreadStateException e) {
      stepping = null;
    }
    request(thread, depth);
  }

  /** Ends in lines of cells only, and not in what JShell weaves in. */
  private void request(ThreadReference thread, int depth) {
    var request =
        machine.eventRequestManager().createStepRequest(thread, StepRequest.STEP_LINE, depth);
    request.addClassFilter("REPL.*");
    request.addClassExclusionFilter("REPL.$Cancel$");
    request.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
    request.enable();
  }

  private void listen() {
    try {
      while (true) {
        handle(machine.eventQueue().remove());
      }
    } catch (VMDisconnectedException e) {
      // The JVM ends, and this thread with it.
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void handle(EventSet set) {
    var still = new ArrayList<LocatableEvent>();
    for (Event event : set) {
      if (event instanceof BreakpointEvent || event instanceof StepEvent) {
        still.add((LocatableEvent) event);
      }
    }
    if (still.isEmpty() || asking.get() || !stopped(still)) {
      set.resume();
    }
  }

  /**
   * A step into a method ends before its first line, at what JShell weaves in, and counts as there:
   * the breakpoint of that line is not a second stop.
   */
  private boolean isBehindStep(Location breakpoint) {
    return stepped != null
        && stepped.method().equals(breakpoint.method())
        && stepped.codeIndex() < breakpoint.codeIndex()
        && stops.line(stepped).equals(stops.line(breakpoint));
  }

  /** Two lines of JShell's class may be one of the cell: a step goes through both. */
  private boolean isSameLine(LocatableEvent event) {
    try {
      var at = event.location();
      return stepping != null
          && stepping.frames() == event.thread().frameCount()
          && stepping.from().method().equals(at.method())
          && stepping.from().codeIndex() < at.codeIndex()
          && stops.line(stepping.from()).equals(stops.line(at));
    } catch (IncompatibleThreadStateException e) {
      return false;
    }
  }

  /** Whether the thread of the events stays where it is. */
  private boolean stopped(List<LocatableEvent> all) {
    var event = all.getFirst();
    boolean step = all.stream().allMatch(StepEvent.class::isInstance);
    synchronized (this) {
      if (!begun) {
        return false;
      }
      boolean again = !step && isBehindStep(event.location());
      stepped = null;
      if (again) {
        return false;
      }
      forgetSteps(event.thread());
      if (step && stops.line(event.location()).isEmpty()) {
        // A line around the user's code: on to the next that is the user's.
        request(event.thread(), StepRequest.STEP_OVER);
        return false;
      }
      if (step && isSameLine(event)) {
        request(event.thread(), stepping.depth());
        return false;
      }
      stepping = null;
      stepped = step ? event.location() : null;
      step = step || begin != null && all.stream().anyMatch(e -> begin.equals(e.request()));
      paused.addLast(new Paused(event.thread(), stops, files, asking));
    }
    var body = new JsonObject();
    body.addProperty("reason", step ? "step" : "breakpoint");
    body.addProperty("threadId", event.thread().uniqueID());
    body.addProperty("allThreadsStopped", false);
    events.accept(Dap.event("stopped", body));
    return true;
  }
}
