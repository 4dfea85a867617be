package reprise.tensor.cpu;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import reprise.tensor.BackendInfo;
import reprise.tensor.Group;
import reprise.tensor.MemberReport;
import reprise.tensor.NativeFailure;
import reprise.tensor.Phases;
import reprise.tensor.Progress;
import reprise.tensor.RunControl;
import reprise.tensor.RunReport;
import reprise.tensor.Session;
import reprise.tensor.ir.Instruction;
import reprise.tensor.ir.Pipeline;
import reprise.tensor.ir.ProgramFunction;
import reprise.tensor.ir.ProgramText;
import reprise.tensor.ir.State;

/** Members over the native library: data by program, state by member, arena by worker. */
final class CpuGroup implements Group {
  private static final VarHandle INT = JAVA_INT.varHandle();
  private static final VarHandle FLOAT = JAVA_FLOAT.varHandle();

  private final Bindings bindings;
  private final BackendInfo info;
  private final int threads;
  private final Arena arena = Arena.ofShared();
  private final List<GroupPart> parts = new ArrayList<>();
  private final List<GroupMember> members = new ArrayList<>();
  private final MemorySegment workers;
  private final long workerBytes;
  private final MemorySegment status = Arena.ofAuto().allocate(Bindings.STATUS);
  private final MemorySegment standings;
  private final int[] slot; // of each member in the run in progress or the last one, or -1
  private final ReentrantLock lock = new ReentrantLock();
  private volatile boolean running;
  private volatile boolean closed;
  private volatile int requested;
  private volatile int requestedEach;

  CpuGroup(
      Bindings bindings,
      InstructionSet isa,
      BackendInfo info,
      Pipeline pipeline,
      List<Group.Part> descriptions,
      int threads) {
    if (threads < 1 || threads > 256) {
      throw new IllegalArgumentException("threads must be between 1 and 256, got " + threads);
    }
    this.bindings = bindings;
    this.info = info;
    this.threads = threads;
    try {
      long worker = 64;
      for (Group.Part d : descriptions) {
        GroupPart part = new GroupPart(bindings, isa, pipeline, d.program(), arena);
        parts.add(part);
        worker = Math.max(worker, part.workerBytes());
        d.members()
            .forEach(o -> members.add(new GroupMember(this, members.size(), part, o, arena)));
      }
      workerBytes = (worker + 4095) / 4096 * 4096;
      workers = arena.allocate(workerBytes * Math.min(threads, Math.max(1, members.size())), 64);
    } catch (RuntimeException | OutOfMemoryError e) {
      free();
      throw e;
    }
    standings =
        Arena.ofAuto()
            .allocate(GroupBindings.STANDING.byteSize() * Math.max(1, members.size()), 64);
    slot = new int[members.size()];
  }

  @Override
  public BackendInfo backend() {
    return info;
  }

  @Override
  public List<Session> members() {
    return Collections.unmodifiableList(members);
  }

  @Override
  public List<MemberReport> run(Phases phases, RunControl control) {
    parts.forEach(p -> phases.phases().forEach(x -> p.program.function(x.function())));
    return run(IntStream.range(0, members.size()).boxed().toList(), phases, control);
  }

  /** Where the member's histories lie in a call. */
  private record Buffers(MemorySegment history, MemorySegment kept, MemorySegment message) {}

  List<MemberReport> run(List<Integer> who, Phases phases, RunControl control) {
    lock.lock();
    try (Arena call = Arena.ofConfined()) {
      requireOpen();
      long start = System.nanoTime();
      List<Integer> active = who.stream().filter(m -> members.get(m).stopped == null).toList();
      MemorySegment partTable =
          call.allocate(GroupBindings.PART.byteSize() * Math.max(1, parts.size()), 8);
      for (int p = 0; p < parts.size(); p++) {
        boolean used = false;
        for (int m : active) {
          used |= members.get(m).part == parts.get(p);
        }
        // A program that no active member runs need not have the functions: it borrows no phase.
        MemorySegment entry =
            partTable.asSlice(p * GroupBindings.PART.byteSize(), GroupBindings.PART.byteSize());
        parts.get(p).describe(entry, used ? phases : noSteps(parts.get(p), phases), call);
      }
      MemorySegment memberTable =
          call.allocate(GroupBindings.MEMBER.byteSize() * active.size() + 8, 8)
              .asSlice(0, GroupBindings.MEMBER.byteSize() * active.size());
      List<Buffers> buffers = new ArrayList<>();
      java.util.Arrays.fill(slot, -1);
      for (int k = 0; k < active.size(); k++) {
        slot[active.get(k)] = k;
        buffers.add(describe(members.get(active.get(k)), k, memberTable, phases, call));
      }
      standings.fill((byte) 0);
      INT.setVolatile(status, Bindings.DONE, 0);
      requestedEach = (int) Math.min(Integer.MAX_VALUE, phases.steps());
      requested = (int) Math.min(Integer.MAX_VALUE, phases.steps() * active.size());
      running = true;
      MemorySegment message = call.allocate(Bindings.MESSAGE_BYTES);
      int crew = Math.min(threads, Math.max(1, active.size()));
      int code =
          active.isEmpty()
              ? Bindings.OK
              : bindings
                  .groups()
                  .run(
                      partTable,
                      memberTable,
                      new GroupBindings.Call(
                          phases.phases().size(),
                          phases.repeats(),
                          crew,
                          control.stopAtNonFinite()),
                      workers,
                      workerBytes,
                      status,
                      standings,
                      message);
      double seconds = (System.nanoTime() - start) * 1e-9;
      failOn(code, active, buffers, phases, message);
      List<MemberReport> reports = new ArrayList<>();
      for (int m : who) {
        GroupMember member = members.get(m);
        if (slot[m] < 0) {
          MemberReport before = member.stopped;
          reports.add(
              new MemberReport(
                  m,
                  HistoryReader.phases(
                      member.program(), phases, 0, before.end(), MemorySegment.NULL, seconds),
                  before.end(),
                  before.node(),
                  List.of()));
          continue;
        }
        if (!phases.phases().isEmpty()) {
          member.lastFunction = phases.phases().getLast().function();
        }
        MemberReport r = report(m, buffers.get(slot[m]), phases, seconds);
        if (r.end() instanceof RunReport.NonFinite) {
          member.lastFunction = "";
          member.stopped = r;
        }
        reports.add(r);
      }
      return reports;
    } finally {
      INT.setVolatile(status, Bindings.CANCEL, 0);
      running = false;
      lock.unlock();
    }
  }

  /** The same number of phases without steps, of a function the program has. */
  private static Phases noSteps(GroupPart part, Phases phases) {
    String any = part.program.functions().keySet().iterator().next();
    return new Phases(
        phases.phases().stream().map(p -> new Phases.Phase(any, 0)).toList(),
        phases.repeats(),
        phases.keepParameters());
  }

  private Buffers describe(GroupMember m, int k, MemorySegment table, Phases phases, Arena call) {
    long rows = 0;
    for (Phases.Phase p : phases.phases()) {
      rows += (long) p.steps() * m.program().function(p.function()).scalars().size();
    }
    long floats = rows * phases.repeats();
    long kept = phases.keepParameters() ? m.part.parameterFloats() * phases.repeats() : 0;
    Buffers b =
        new Buffers(
            call.allocate(Math.max(64, 4 * floats), 64),
            call.allocate(Math.max(64, 4 * kept), 64),
            call.allocate(Bindings.MESSAGE_BYTES));
    long[] words = {
      parts.indexOf(m.part),
      m.options().seed(),
      m.options().run(),
      m.state.address(),
      b.history().address(),
      floats,
      m.outputs.address(),
      m.outputs.byteSize() / 4,
      b.kept().address(),
      kept,
      b.message().address()
    };
    for (int i = 0; i < words.length; i++) {
      table.setAtIndex(JAVA_LONG, (long) k * words.length + i, words[i]);
    }
    return b;
  }

  private int standing(int member, long field) {
    return (int)
        INT.getVolatile(standings, slot[member] * GroupBindings.STANDING.byteSize() + field);
  }

  private void failOn(
      int code, List<Integer> active, List<Buffers> b, Phases phases, MemorySegment message) {
    if (code <= Bindings.NONFINITE) {
      return;
    }
    for (int m : active) {
      if (standing(m, GroupBindings.CODE) > Bindings.NONFINITE) {
        throw new NativeFailure(
            "member "
                + m
                + ", "
                + phases.phases().get(standing(m, GroupBindings.PHASE)).function()
                + ", step "
                + standing(m, GroupBindings.STEP)
                + " on "
                + info
                + ": "
                + b.get(slot[m]).message().getString(0));
      }
    }
    throw new NativeFailure("the native backend refuses the group: " + message.getString(0));
  }

  private MemberReport report(int m, Buffers b, Phases phases, double seconds) {
    GroupMember member = members.get(m);
    int code = standing(m, GroupBindings.CODE);
    int done = standing(m, GroupBindings.DONE);
    RunReport.End end = new RunReport.Completed();
    String node = "";
    if (code == Bindings.CANCELLED) {
      end = new RunReport.Cancelled();
    } else if (code == Bindings.NONFINITE) {
      Phases.Phase p = phases.phases().get(standing(m, GroupBindings.PHASE));
      ProgramFunction f = member.program().function(p.function());
      List<String> scalars = f.scalars();
      int column = standing(m, GroupBindings.BAD_SCALAR);
      long row = historyFloats(member, phases, done) - scalars.size() + column;
      float value = b.history().getAtIndex(JAVA_FLOAT, row);
      end = new RunReport.NonFinite(scalars.get(column), standing(m, GroupBindings.STEP), value);
      List<Instruction> nodes = GroupPart.nodes(member.part.fused.function(p.function()));
      int bad = standing(m, GroupBindings.BAD_NODE);
      node = bad >= 0 && bad < nodes.size() ? ProgramText.print(nodes.get(bad)) : "";
    }
    return new MemberReport(
        m,
        HistoryReader.phases(member.program(), phases, done, end, b.history(), seconds),
        end,
        node,
        kept(member, b, phases, done));
  }

  private static long historyFloats(GroupMember member, Phases phases, int done) {
    long floats = 0;
    long left = done;
    while (left > 0) {
      for (Phases.Phase p : phases.phases()) {
        long steps = Math.min(left, p.steps());
        floats += steps * member.program().function(p.function()).scalars().size();
        left -= steps;
      }
    }
    return floats;
  }

  private static List<Map<String, float[]>> kept(
      GroupMember member, Buffers b, Phases phases, int done) {
    List<Map<String, float[]>> list = new ArrayList<>();
    if (!phases.keepParameters()) {
      return list;
    }
    long each = phases.steps() / Math.max(1, phases.repeats());
    long complete = each == 0 ? phases.repeats() : done / each;
    long at = 0;
    for (int r = 0; r < complete; r++) {
      Map<String, float[]> map = new LinkedHashMap<>();
      for (State s : member.part.parameters()) {
        map.put(s.name(), b.kept().asSlice(at, s.type().bytes()).toArray(JAVA_FLOAT));
        at += s.type().bytes();
      }
      list.add(map);
    }
    return list;
  }

  @Override
  public Progress progress() {
    return new Progress(
        running, (int) INT.getVolatile(status, Bindings.DONE), requested, Double.NaN);
  }

  Progress progress(int member) {
    if (slot[member] < 0) {
      return new Progress(false, 0, 0, Double.NaN);
    }
    long at = slot[member] * GroupBindings.STANDING.byteSize();
    int done = (int) INT.getVolatile(standings, at + GroupBindings.DONE);
    return new Progress(
        running,
        done,
        requestedEach,
        done == 0 ? Double.NaN : (float) FLOAT.getVolatile(standings, at + GroupBindings.LAST));
  }

  @Override
  public void cancel() {
    INT.setVolatile(status, Bindings.CANCEL, 1);
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the group is closed");
    }
  }

  <T> T locked(Supplier<T> body) {
    lock.lock();
    try {
      requireOpen();
      return body.get();
    } finally {
      lock.unlock();
    }
  }

  private void free() {
    parts.forEach(p -> bindings.close(p.handle));
    arena.close();
  }

  @Override
  public void close() {
    cancel();
    lock.lock();
    try {
      if (!closed) {
        closed = true;
        free();
      }
    } finally {
      lock.unlock();
    }
  }
}
