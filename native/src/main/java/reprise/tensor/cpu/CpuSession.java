package reprise.tensor.cpu;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import reprise.tensor.BackendInfo;
import reprise.tensor.NativeFailure;
import reprise.tensor.Progress;
import reprise.tensor.RunControl;
import reprise.tensor.RunReport;
import reprise.tensor.SessionBase;
import reprise.tensor.SessionOptions;
import reprise.tensor.ir.DType;
import reprise.tensor.ir.Dump;
import reprise.tensor.ir.Instruction;
import reprise.tensor.ir.MemoryPlan;
import reprise.tensor.ir.Pipeline;
import reprise.tensor.ir.Program;
import reprise.tensor.ir.ProgramFunction;
import reprise.tensor.ir.ProgramText;
import reprise.tensor.ir.State;
import reprise.tensor.ir.TensorType;

/**
 * A native session: one arena holds tensors, scratch and configuration. The status word has its own
 * memory, freed by the collector, so that other threads may look at it while the session closes.
 */
final class CpuSession extends SessionBase {
  private static final VarHandle INT = JAVA_INT.varHandle();
  private static final VarHandle FLOAT = JAVA_FLOAT.varHandle();

  private final Bindings bindings;
  private final Program compiled; // what runs in place of the program
  private final MemoryPlan plan;
  private final List<String> functions;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment memory;
  private final MemorySegment status = Arena.ofAuto().allocate(Bindings.STATUS);
  private final MemorySegment handle;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile boolean running;
  private volatile boolean closed;
  private volatile int requested;
  private String lastFunction = "";

  CpuSession(
      Bindings bindings,
      InstructionSet isa,
      BackendInfo info,
      Pipeline pipeline,
      Program program,
      SessionOptions options) {
    super(program, info, options);
    this.bindings = bindings;
    Dump dump = Dump.fromEnvironment();
    this.compiled = (options.checked() ? Pipeline.none() : pipeline).compile(program, dump);
    this.plan = compiled.memory();
    this.functions = new ArrayList<>(program.functions().keySet());
    try {
      long[] words = Lowering.lower(compiled, plan, Bindings.VERSION, options.checked());
      dump.write(Dump.Level.NATIVE, program.name(), "native", () -> Listing.of(words));
      MemorySegment code = arena.allocateFrom(JAVA_LONG, words);
      long scratch = bindings.workspace(code, plan.totalBytes(), options.threads());
      memory = arena.allocate(plan.totalBytes() + scratch, 64);

      MemorySegment config = arena.allocate(Bindings.CONFIG);
      config.set(JAVA_LONG, 0, options.seed());
      config.set(JAVA_INT, 8, options.run());
      config.set(JAVA_INT, 12, options.threads());
      config.set(JAVA_INT, 16, isa.ordinal());
      config.set(JAVA_INT, 20, Boolean.getBoolean(Profile.PROPERTY) ? 1 : 0);
      handle = bindings.open(code, config, memory, plan.totalBytes());
      FLOAT.setVolatile(status, Bindings.LAST, Float.NaN);
    } catch (RuntimeException | OutOfMemoryError e) {
      arena.close();
      throw e;
    }
  }

  @Override
  public RunReport run(String function, int steps, RunControl control) {
    if (steps < 0) {
      throw new IllegalArgumentException("steps must not be negative, got " + steps);
    }
    ProgramFunction f = program().function(function);
    List<String> scalars = f.scalars();
    lock.lock();
    try (Arena call = Arena.ofConfined()) {
      requireOpen();
      long start = System.nanoTime();
      MemorySegment history = call.allocate(Math.max(4L, 4L * steps * scalars.size()), 64);
      MemorySegment message = call.allocate(Bindings.MESSAGE_BYTES);
      INT.setVolatile(status, Bindings.DONE, 0);
      FLOAT.setVolatile(status, Bindings.LAST, Float.NaN);
      requested = steps;
      running = true;
      int code =
          bindings.run(
              handle,
              functions.indexOf(function),
              steps,
              control.stopAtNonFinite(),
              status,
              history,
              message);
      lastFunction = function;
      int done = (int) INT.getVolatile(status, Bindings.DONE);
      if (code > Bindings.NONFINITE) {
        throw new NativeFailure(
            function
                + ", step "
                + done
                + " on "
                + backend()
                + ": "
                + explained(f, message.getString(0)));
      }
      Map<String, float[]> series = series(history, scalars, done);
      RunReport.End end = end(code, series, scalars, done);
      double seconds = (System.nanoTime() - start) * 1e-9;
      return new RunReport(function, steps, done, end, series, seconds);
    } finally {
      INT.setVolatile(status, Bindings.CANCEL, 0);
      running = false;
      lock.unlock();
    }
  }

  /** A message about "value n" with the node that gave it. */
  private static String explained(ProgramFunction f, String message) {
    if (!message.startsWith("value ")) {
      return message;
    }
    int colon = message.indexOf(':');
    int v = Integer.parseInt(message.substring("value ".length(), colon));
    return f.body().stream()
        .filter(i -> i.first() <= v && v < i.end())
        .map(i -> ProgramText.print(i) + message.substring(colon))
        .findFirst()
        .orElse(message);
  }

  private static Map<String, float[]> series(
      MemorySegment history, List<String> scalars, int done) {
    Map<String, float[]> out = new LinkedHashMap<>();
    for (int k = 0; k < scalars.size(); k++) {
      float[] values = new float[done];
      for (int i = 0; i < done; i++) {
        values[i] = history.getAtIndex(JAVA_FLOAT, (long) i * scalars.size() + k);
      }
      out.put(scalars.get(k), values);
    }
    return out;
  }

  private RunReport.End end(int code, Map<String, float[]> series, List<String> scalars, int done) {
    return switch (code) {
      case Bindings.OK -> new RunReport.Completed();
      case Bindings.CANCELLED -> new RunReport.Cancelled();
      default -> {
        String bad = scalars.get(status.get(JAVA_INT, Bindings.BAD_SCALAR));
        yield new RunReport.NonFinite(bad, done - 1, series.get(bad)[done - 1]);
      }
    };
  }

  /** What each instruction of a function took; empty unless the session was opened to tell. */
  List<Profile.Entry> profile(String function) {
    if (options().checked()) {
      throw new IllegalStateException("a session that checks every value has no profile");
    }
    List<Instruction> run = Lowering.executed(compiled.function(function));
    long[] nanos = locked(() -> bindings.profile(handle, functions.indexOf(function), run.size()));
    List<Profile.Entry> list = new ArrayList<>();
    for (int k = 0; k < nanos.length; k++) {
      Instruction i = run.get(k);
      List<TensorType> types = compiled.function(function).types();
      List<TensorType> in = i.inputs().stream().map(types::get).toList();
      list.add(new Profile.Entry(i.op(), in, nanos[k] * 1e-9));
    }
    return list;
  }

  @Override
  public Progress progress() {
    return new Progress(
        running,
        (int) INT.getVolatile(status, Bindings.DONE),
        requested,
        (float) FLOAT.getVolatile(status, Bindings.LAST));
  }

  @Override
  public void cancel() {
    INT.setVolatile(status, Bindings.CANCEL, 1);
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the session is closed");
    }
  }

  /** The memory of a state tensor, under the lock. */
  private MemorySegment slice(State s) {
    requireOpen();
    return memory.asSlice(plan.states().get(s.name()), s.type().bytes());
  }

  @Override
  public float[] read(String name) {
    State s = checked(name, DType.F32);
    return locked(() -> slice(s).toArray(JAVA_FLOAT));
  }

  @Override
  public int[] readInts(String name) {
    State s = checked(name, DType.I32);
    return locked(() -> slice(s).toArray(JAVA_INT));
  }

  @Override
  public void write(String name, float[] values) {
    State s = checked(name, DType.F32, values.length);
    locked(() -> slice(s).copyFrom(MemorySegment.ofArray(values)));
  }

  @Override
  public void write(String name, int[] values) {
    State s = checked(name, DType.I32, values.length);
    locked(() -> slice(s).copyFrom(MemorySegment.ofArray(values)));
  }

  @Override
  public float[] output(String function, String output) {
    return locked(() -> {
      requireOpen();
      outputValue(function, output, lastFunction);
      ProgramFunction f = compiled.function(function);
      int v = f.outputs().get(output);
      long bytes = f.types().get(v).bytes();
      return memory.asSlice(plan.values().get(function).get(v), bytes).toArray(JAVA_FLOAT);
    });
  }

  private <T> T locked(java.util.function.Supplier<T> body) {
    lock.lock();
    try {
      return body.get();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    cancel();
    lock.lock();
    try {
      if (!closed) {
        closed = true;
        bindings.close(handle);
        arena.close();
      }
    } finally {
      lock.unlock();
    }
  }
}
