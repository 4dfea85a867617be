package reprise.tensor.cpu;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import reprise.tensor.Phases;
import reprise.tensor.ir.DType;
import reprise.tensor.ir.Instruction;
import reprise.tensor.ir.Layout;
import reprise.tensor.ir.MemoryPlan;
import reprise.tensor.ir.Pipeline;
import reprise.tensor.ir.Program;
import reprise.tensor.ir.ProgramFunction;
import reprise.tensor.ir.State;
import reprise.tensor.ir.TensorType;

/** One program of a group: its native handle, shared data, and the tables a call needs. */
final class GroupPart {
  final Program program;

  /** What runs in its place: the same states, outputs and updates. */
  final Program fused;

  final MemoryPlan plan;
  final MemorySegment handle;
  final MemorySegment data;
  private final long scratch;
  private final List<String> functions;

  GroupPart(
      Bindings bindings, InstructionSet isa, Pipeline pipeline, Program program, Arena arena) {
    this.program = program;
    this.fused = pipeline.compile(program);
    this.plan = fused.memory();
    this.functions = new ArrayList<>(program.functions().keySet());
    try (Arena call = Arena.ofConfined()) {
      MemorySegment code =
          call.allocateFrom(JAVA_LONG, Lowering.lower(fused, plan, Bindings.VERSION));
      GroupBindings.OpenPart open =
          bindings.groups().open(code, plan.totalBytes(), plan.dataBytes(), plan.stateBytes(), isa);
      handle = open.handle();
      scratch = open.scratch();
    }
    data = arena.allocate(Math.max(64, plan.dataBytes()), 64);
  }

  /** Bytes of one member's own state. */
  long stateBytes() {
    return plan.stateBytes() - plan.dataBytes();
  }

  /** Bytes a worker needs: arena, scratch, a copy of the state. */
  long workerBytes() {
    return plan.arenaBytes() + scratch + stateBytes();
  }

  /** The nodes of a function that are instructions, in order. */
  static List<Instruction> nodes(ProgramFunction f) {
    return f.body().stream()
        .filter(i -> !(i.op() instanceof Layout.Read || i.op() instanceof Layout.Reshape))
        .toList();
  }

  /** Floats of all outputs of a function, in their order: what a member keeps of its last run. */
  long outputFloats(String function) {
    ProgramFunction f = fused.function(function);
    List<TensorType> types = f.types();
    return outputs(f).values().stream().mapToLong(v -> types.get(v).size()).sum();
  }

  /** The f32 outputs. */
  static Map<String, Integer> outputs(ProgramFunction f) {
    List<TensorType> types = f.types();
    Map<String, Integer> out = new LinkedHashMap<>();
    f.outputs()
        .forEach((name, v) -> {
          if (types.get(v).dtype() == DType.F32) {
            out.put(name, v);
          }
        });
    return out;
  }

  /** Parameters in order. */
  List<State> parameters() {
    return program.states().values().stream()
        .filter(s -> s.kind() == State.Kind.PARAMETER)
        .toList();
  }

  long parameterFloats() {
    return parameters().stream().mapToLong(s -> s.type().size()).sum();
  }

  /** Fills one entry of the parts table. */
  void describe(MemorySegment part, Phases phases, Arena call) {
    MemorySegment list = call.allocate(8L * Math.max(1, phases.phases().size()), 8);
    Words results = new Words();
    for (int i = 0; i < phases.phases().size(); i++) {
      Phases.Phase p = phases.phases().get(i);
      ProgramFunction f = fused.function(p.function());
      long pair = (functions.indexOf(p.function()) & 0xffffffffL) | (long) p.steps() << 32;
      list.setAtIndex(JAVA_LONG, i, pair);
      results(f, results);
    }
    Words outputs = new Words();
    if (!phases.phases().isEmpty()) {
      ProgramFunction last = fused.function(phases.phases().getLast().function());
      List<TensorType> types = last.types();
      Map<String, Integer> named = outputs(last);
      outputs.add(named.size());
      named
          .values()
          .forEach(
              v -> outputs.add(plan.values().get(last.name()).get(v)).add(types.get(v).size()));
    } else {
      outputs.add(0);
    }
    Words kept = new Words().add(parameters().size());
    parameters().forEach(s -> kept.add(plan.states().get(s.name())).add(s.type().size()));
    part.setAtIndex(JAVA_LONG, 0, handle.address());
    part.setAtIndex(JAVA_LONG, 1, list.address());
    part.setAtIndex(JAVA_LONG, 2, data.address());
    part.setAtIndex(JAVA_LONG, 3, words(outputs, call).address());
    part.setAtIndex(JAVA_LONG, 4, phases.keepParameters() ? words(kept, call).address() : 0);
    part.setAtIndex(JAVA_LONG, 5, words(results, call).address());
    part.setAtIndex(JAVA_LONG, 6, results.size());
  }

  private static MemorySegment words(Words w, Arena call) {
    return w.size() == 0 ? call.allocate(8) : call.allocateFrom(JAVA_LONG, w.toArray());
  }

  /** For each instruction of a function, the places of its f32 results. */
  private void results(ProgramFunction f, Words out) {
    List<Long> offsets = plan.values().get(f.name());
    for (Instruction i : nodes(f)) {
      int head = out.size();
      int count = 0;
      out.add(0);
      for (int k = 0; k < i.types().size(); k++) {
        if (i.types().get(k).dtype() == DType.F32) {
          out.add(offsets.get(i.first() + k)).add(i.types().get(k).size());
          count++;
        }
      }
      out.set(head, count);
    }
    List<TensorType> types = f.types();
    f.updates()
        .forEach((name, v) -> {
          if (!plan.states().get(name).equals(offsets.get(v))) { // a copy at the end of the step
            boolean floats = types.get(v).dtype() == DType.F32;
            out.add(floats ? 1 : 0);
            if (floats) {
              out.add(plan.states().get(name)).add(types.get(v).size());
            }
          }
        });
  }
}
