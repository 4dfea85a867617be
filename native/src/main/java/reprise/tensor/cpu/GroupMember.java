package reprise.tensor.cpu;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import reprise.tensor.MemberReport;
import reprise.tensor.Phases;
import reprise.tensor.Progress;
import reprise.tensor.RunControl;
import reprise.tensor.RunReport;
import reprise.tensor.SessionBase;
import reprise.tensor.SessionOptions;
import reprise.tensor.ir.DType;
import reprise.tensor.ir.ProgramFunction;
import reprise.tensor.ir.State;

/** One member of a {@link CpuGroup}: its own state, its part's data, what its last run gave. */
final class GroupMember extends SessionBase {
  final GroupPart part;
  final MemorySegment state;
  final MemorySegment outputs;
  private final CpuGroup group;
  private final int number;
  String lastFunction = "";

  /** How it stopped; null while it runs on. */
  MemberReport stopped;

  GroupMember(CpuGroup group, int number, GroupPart part, SessionOptions options, Arena arena) {
    super(part.program, group.backend(), options);
    this.group = group;
    this.number = number;
    this.part = part;
    this.state = arena.allocate(Math.max(64, part.stateBytes()), 64);
    long floats =
        part.program.functions().keySet().stream().mapToLong(part::outputFloats).max().orElse(0);
    this.outputs = arena.allocate(Math.max(64, 4 * floats), 64);
  }

  @Override
  public RunReport run(String function, int steps, RunControl control) {
    if (steps < 0) {
      throw new IllegalArgumentException("steps must not be negative, got " + steps);
    }
    program().function(function);
    return group
        .run(List.of(number), Phases.of(function, steps), control)
        .getFirst()
        .phases()
        .getFirst();
  }

  @Override
  public Progress progress() {
    return group.progress(number);
  }

  @Override
  public void cancel() {
    group.cancel();
  }

  /** The memory of a state tensor. */
  private MemorySegment slice(State s) {
    long at = part.plan.states().get(s.name());
    return s.kind() == State.Kind.DATA
        ? part.data.asSlice(at, s.type().bytes())
        : state.asSlice(at - part.plan.dataBytes(), s.type().bytes());
  }

  @Override
  public float[] read(String name) {
    State s = checked(name, DType.F32);
    return group.locked(() -> slice(s).toArray(JAVA_FLOAT));
  }

  @Override
  public int[] readInts(String name) {
    State s = checked(name, DType.I32);
    return group.locked(() -> slice(s).toArray(JAVA_INT));
  }

  @Override
  public void write(String name, float[] values) {
    State s = checked(name, DType.F32, values.length);
    group.locked(() -> slice(s).copyFrom(MemorySegment.ofArray(values)));
  }

  @Override
  public void write(String name, int[] values) {
    State s = checked(name, DType.I32, values.length);
    group.locked(() -> slice(s).copyFrom(MemorySegment.ofArray(values)));
  }

  @Override
  public float[] output(String function, String output) {
    return group.locked(() -> {
      outputValue(function, output, lastFunction); // or says what is wrong
      ProgramFunction f = part.fused.function(function);
      long at = 0;
      for (Map.Entry<String, Integer> e : GroupPart.outputs(f).entrySet()) {
        long bytes = f.types().get(e.getValue()).bytes();
        if (e.getKey().equals(output)) {
          return outputs.asSlice(at, bytes).toArray(JAVA_FLOAT);
        }
        at += bytes;
      }
      throw new IllegalStateException("output " + output + " of " + function + " has no place");
    });
  }

  @Override
  protected void restored() {
    stopped = null;
  }

  /** Nothing: the group owns the memory. */
  @Override
  public void close() {}
}
