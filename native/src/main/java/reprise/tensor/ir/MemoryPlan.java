package reprise.tensor.ir;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where every tensor of a program lives in one block of memory: data tensors first, then all other
 * state, then one arena that all functions share. Offsets are in bytes and multiples of 64.
 *
 * @param states offset of each state tensor
 * @param values for each function, offset of each value; -1 for values that no one reads
 * @param dataBytes bytes of the data tensors, which come first
 * @param stateBytes bytes of all state tensors
 * @param arenaBytes bytes of the largest function's arena
 */
public record MemoryPlan(
    Map<String, Long> states,
    Map<String, List<Long>> values,
    long dataBytes,
    long stateBytes,
    long arenaBytes) {
  private static final long ALIGNMENT = 64;

  public MemoryPlan {
    states = Collections.unmodifiableMap(new LinkedHashMap<>(states));
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** Bytes of the whole block. */
  public long totalBytes() {
    return stateBytes + arenaBytes;
  }

  @Override
  public String toString() {
    return String.format(
        java.util.Locale.ROOT,
        "memory %.2f MiB: state %.2f, arena %.2f",
        totalBytes() / 1048576.0,
        stateBytes / 1048576.0,
        arenaBytes / 1048576.0);
  }

  /** Plans a program: liveness of every value, in-place results, first fit by size. */
  public static MemoryPlan of(Program p) {
    Map<String, Long> states = new LinkedHashMap<>();
    long next = place(p, states, true, 0);
    long data = next;
    next = place(p, states, false, next);
    Map<String, List<Long>> values = new LinkedHashMap<>();
    long arena = 0;
    for (ProgramFunction f : p.functions().values()) {
      List<Long> offsets = new ArrayList<>();
      arena = Math.max(arena, place(f, states, next, offsets));
      values.put(f.name(), List.copyOf(offsets));
    }
    return new MemoryPlan(states, values, data, next, arena);
  }

  private static long place(Program p, Map<String, Long> states, boolean data, long next) {
    for (State s : p.states().values()) {
      if (data == (s.kind() == State.Kind.DATA)) {
        states.put(s.name(), next);
        next += aligned(s.type().bytes());
      }
    }
    return next;
  }

  /** What an order of execution costs: bytes of the arena, and updates that need a copy. */
  record Cost(long arenaBytes, long copies) {}

  static Cost cost(ProgramFunction f, Map<String, State> all) {
    Map<String, Long> states = new LinkedHashMap<>();
    long next = 0;
    for (State s : all.values()) {
      states.put(s.name(), next);
      next += aligned(s.type().bytes());
    }
    List<Long> offsets = new ArrayList<>();
    long arena = place(f, states, next, offsets);
    long copies =
        f.updates().entrySet().stream()
            .filter(u -> !states.get(u.getKey()).equals(offsets.get(u.getValue())))
            .count();
    return new Cost(arena, copies);
  }

  static long aligned(long bytes) {
    return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  /** An interval of node numbers during which a buffer of the arena is in use. */
  private record Block(int root, int from, int to, long bytes) {}

  private static long place(
      ProgramFunction f, Map<String, Long> states, long base, List<Long> offsets) {
    Aliases aliases = Aliases.of(f);
    List<TensorType> types = f.types();
    Map<Integer, int[]> live = new HashMap<>();
    int position = 0;
    for (Instruction i : f.body()) {
      for (int v : i.inputs()) {
        extend(live, aliases.root(v), position);
      }
      for (int v = i.first(); v < i.end(); v++) {
        extend(live, aliases.root(v), position);
      }
      position++;
    }
    for (int v : f.outputs().values()) {
      extend(live, aliases.root(v), position);
    }
    for (int v : f.updates().values()) {
      extend(live, aliases.root(v), position);
    }
    List<Block> blocks = new ArrayList<>();
    live.forEach((root, span) -> {
      if (aliases.state(root) == null) {
        blocks.add(new Block(root, span[0], span[1], aligned(types.get(root).bytes())));
      }
    });
    blocks.sort(Comparator.comparingLong(Block::bytes).reversed().thenComparing(Block::root));
    Map<Integer, Long> at = new HashMap<>();
    long arena = 0;
    List<Block> placed = new ArrayList<>();
    for (Block b : blocks) {
      long offset = firstFit(b, placed, at);
      at.put(b.root(), offset);
      placed.add(b);
      arena = Math.max(arena, offset + b.bytes());
    }
    for (int v = 0; v < types.size(); v++) {
      int root = aliases.root(v);
      String state = aliases.state(root);
      offsets.add(state != null ? states.get(state) : base + at.get(root));
    }
    return arena;
  }

  private static void extend(Map<Integer, int[]> live, int root, int position) {
    int[] span = live.computeIfAbsent(root, r -> new int[] {position, position});
    span[1] = position;
  }

  private static long firstFit(Block b, List<Block> placed, Map<Integer, Long> at) {
    List<Block> rivals =
        placed.stream()
            .filter(o -> o.from() <= b.to() && b.from() <= o.to())
            .sorted(Comparator.comparing(o -> at.get(o.root())))
            .toList();
    long offset = 0;
    for (Block o : rivals) {
      if (offset + b.bytes() <= at.get(o.root())) {
        return offset;
      }
      offset = Math.max(offset, at.get(o.root()) + o.bytes());
    }
    return offset;
  }
}
