package reprise.tensor.reference;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import reprise.tensor.BackendInfo;
import reprise.tensor.NativeFailure;
import reprise.tensor.Progress;
import reprise.tensor.RunControl;
import reprise.tensor.RunReport;
import reprise.tensor.SessionBase;
import reprise.tensor.SessionOptions;
import reprise.tensor.ir.DType;
import reprise.tensor.ir.Instruction;
import reprise.tensor.ir.Layout;
import reprise.tensor.ir.Program;
import reprise.tensor.ir.ProgramFunction;
import reprise.tensor.ir.ProgramText;
import reprise.tensor.ir.State;
import reprise.tensor.ir.TensorType;

/** State as Java arrays (double[] for f32, int[] for i32); every value of a step is a new array. */
public final class ReferenceSession extends SessionBase {
  private final Map<String, Object> state;
  private final boolean member;
  private final Runnable onRestore;
  private final AtomicBoolean cancelled = new AtomicBoolean();
  private volatile Progress progress = new Progress(false, 0, 0, Double.NaN);
  private Object[] lastValues = {};
  private String lastFunction = "";

  ReferenceSession(Program program, BackendInfo backend, SessionOptions options) {
    this(program, backend, options, new HashMap<>(), false, () -> {});
  }

  /** A session over state of its own and the data of a group. */
  static ReferenceSession member(
      Program program,
      BackendInfo backend,
      SessionOptions options,
      Map<String, Object> data,
      Runnable onRestore) {
    return new ReferenceSession(
        program, backend, options, new SharedState(program, data), true, onRestore);
  }

  private ReferenceSession(
      Program program,
      BackendInfo backend,
      SessionOptions options,
      Map<String, Object> state,
      boolean member,
      Runnable onRestore) {
    super(program, backend, options);
    this.state = state;
    this.member = member;
    this.onRestore = onRestore;
    for (State s : program.states().values()) {
      int n = s.type().size();
      state.putIfAbsent(s.name(), s.type().dtype() == DType.F32 ? new double[n] : new int[n]);
    }
  }

  @Override
  protected void restored() {
    onRestore.run();
  }

  /** Forgets a cancel that came when nothing ran. */
  void resume() {
    cancelled.set(false);
  }

  /** The first node of the last step that gave NaN or infinity, as printed; empty if none did. */
  String firstNonFinite() {
    for (var i : program().function(lastFunction).body()) {
      for (int v = i.first(); v < i.end(); v++) {
        boolean source = i.op() instanceof Layout.Read || i.op() instanceof Layout.Reshape;
        if (!source
            && lastValues[v] instanceof double[] x
            && Arrays.stream(x).anyMatch(e -> !Float.isFinite((float) e))) {
          return ProgramText.print(i);
        }
      }
    }
    return "";
  }

  @Override
  public RunReport run(String function, int steps, RunControl control) {
    long start = System.nanoTime();
    ProgramFunction f = program().function(function);
    List<String> scalars = f.scalars();
    float[][] history = new float[scalars.size()][steps];
    RunReport.End end = new RunReport.Completed();
    progress = new Progress(true, 0, steps, Double.NaN);
    int done = 0;
    try {
      while (done < steps && end instanceof RunReport.Completed) {
        if (cancelled.get()) {
          end = new RunReport.Cancelled();
          break;
        }
        step(f, done);
        for (int k = 0; k < scalars.size(); k++) {
          float x = (float) ((double[]) lastValues[f.outputs().get(scalars.get(k))])[0];
          history[k][done] = x;
          if (control.stopAtNonFinite() && !Float.isFinite(x)) {
            end = new RunReport.NonFinite(scalars.get(k), done, x);
          }
        }
        done++;
        progress =
            new Progress(
                true, done, steps, history.length == 0 ? Double.NaN : history[0][done - 1]);
      }
    } finally {
      cancelled.set(false);
      progress = new Progress(false, done, steps, progress.last());
    }
    Map<String, float[]> series = new LinkedHashMap<>();
    for (int k = 0; k < scalars.size(); k++) {
      series.put(scalars.get(k), Arrays.copyOf(history[k], done));
    }
    return new RunReport(function, steps, done, end, series, (System.nanoTime() - start) * 1e-9);
  }

  private void step(ProgramFunction f, int callStep) {
    List<TensorType> types = f.types();
    Object[] values = new Object[types.size()];
    Evaluator evaluator = new Evaluator(options(), callStep);
    for (Instruction i : f.body()) {
      if (i.op() instanceof Layout.Read r) {
        values[i.first()] = state.get(r.state());
        continue;
      }
      Object[] in = i.inputs().stream().map(v -> values[v]).toArray();
      List<TensorType> inTypes = i.inputs().stream().map(types::get).toList();
      try {
        Object[] out = evaluator.evaluate(i, in, inTypes);
        System.arraycopy(out, 0, values, i.first(), out.length);
        if (options().checked()) {
          requireFinite(f, callStep, i, out);
        }
      } catch (IndexOutOfRange | Unsolvable e) {
        throw new NativeFailure(
            f.name() + ", step " + callStep + ", " + ProgramText.print(i) + ": " + e.getMessage(),
            e);
      }
    }
    f.updates().forEach((name, v) -> state.put(name, rounded(values[v])));
    lastValues = values;
    lastFunction = f.name();
  }

  private static void requireFinite(ProgramFunction f, int step, Instruction i, Object[] out) {
    for (Object result : out) {
      if (result instanceof double[] x) {
        for (int k = 0; k < x.length; k++) {
          if (!Float.isFinite((float) x[k])) {
            throw new NativeFailure(
                f.name()
                    + ", step "
                    + step
                    + ", "
                    + ProgramText.print(i)
                    + ": element "
                    + k
                    + " is "
                    + (float) x[k]);
          }
        }
      }
    }
  }

  /** State is kept to what f32 holds, so that an exported and restored session is the same. */
  private static Object rounded(Object value) {
    if (value instanceof double[] x) {
      double[] y = new double[x.length];
      for (int i = 0; i < y.length; i++) {
        y[i] = (float) x[i];
      }
      return y;
    }
    return value;
  }

  @Override
  public Progress progress() {
    return progress;
  }

  @Override
  public void cancel() {
    cancelled.set(true);
  }

  @Override
  public float[] read(String name) {
    checked(name, DType.F32);
    return toFloats((double[]) state.get(name));
  }

  @Override
  public int[] readInts(String name) {
    checked(name, DType.I32);
    return ((int[]) state.get(name)).clone();
  }

  @Override
  public void write(String name, float[] values) {
    checked(name, DType.F32, values.length);
    double[] copy = new double[values.length];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = values[i];
    }
    state.put(name, copy);
  }

  @Override
  public void write(String name, int[] values) {
    checked(name, DType.I32, values.length);
    state.put(name, values.clone());
  }

  @Override
  public float[] output(String function, String output) {
    int v = outputValue(function, output, lastFunction);
    return toFloats((double[]) lastValues[v]);
  }

  /** An f32 output as computed, in double: for finite differences. */
  public double[] exactOutput(String function, String output) {
    return ((double[]) lastValues[outputValue(function, output, lastFunction)]).clone();
  }

  /** Replaces an f32 state tensor by values that need not be representable in f32. */
  public void writeExact(String name, double[] values) {
    checked(name, DType.F32, values.length);
    state.put(name, values.clone());
  }

  private static float[] toFloats(double[] x) {
    float[] y = new float[x.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = (float) x[i];
    }
    return y;
  }

  @Override
  public void close() {
    if (!member) {
      state.clear();
    }
  }
}
