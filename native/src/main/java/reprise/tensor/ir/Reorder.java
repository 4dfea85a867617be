package reprise.tensor.ir;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Another order of execution where it needs less memory. Candidates: always the ready node that
 * adds least to the memory in use, counted from the beginning, or from the end backwards. The one
 * whose plan is smallest is kept, if it saves something and no state tensor loses its update in
 * place. Values do not change: nodes are pure.
 */
final class Reorder {
  /** Beyond this many nodes the search would take longer than it is worth. */
  private static final int MOST_NODES = 3000;

  private final ProgramFunction f;
  private final List<TensorType> types;
  private final int[] producer;
  private final List<Set<Integer>> readers = new ArrayList<>();
  private final Set<Integer> kept;

  private Reorder(ProgramFunction f) {
    this.f = f;
    this.types = f.types();
    this.producer = new int[types.size()];
    this.kept = new HashSet<>(f.outputs().values());
    this.kept.addAll(f.updates().values());
    types.forEach(t -> readers.add(new HashSet<>()));
    for (int at = 0; at < f.body().size(); at++) {
      Instruction i = f.body().get(at);
      for (int v = i.first(); v < i.end(); v++) {
        producer[v] = at;
      }
      for (int v : i.inputs()) {
        readers.get(v).add(at);
      }
    }
  }

  static ProgramFunction run(ProgramFunction f, Map<String, State> states) {
    if (f.body().size() > MOST_NODES) {
      return f;
    }
    Reorder r = new Reorder(f);
    MemoryPlan.Cost best = MemoryPlan.cost(f, states);
    ProgramFunction chosen = f;
    for (List<Integer> order : List.of(r.forward(), r.backward())) {
      ProgramFunction other = r.ordered(order);
      MemoryPlan.Cost cost = MemoryPlan.cost(other, states);
      if (cost.arenaBytes() < best.arenaBytes() && cost.copies() <= best.copies()) {
        best = cost;
        chosen = other;
      }
    }
    return chosen;
  }

  private long bytes(int v) {
    Op op = f.body().get(producer[v]).op();
    boolean free = op instanceof Layout.Read || op instanceof Layout.Reshape;
    return free ? 0 : types.get(v).bytes();
  }

  private long results(Instruction i) {
    long sum = 0;
    for (int v = i.first(); v < i.end(); v++) {
      sum += bytes(v);
    }
    return sum;
  }

  /** From the first node on: what a node allocates less what its operands give back. */
  private List<Integer> forward() {
    int n = f.body().size();
    Set<Integer> done = new HashSet<>();
    int[] missing = new int[n];
    List<Integer> ready = new ArrayList<>();
    for (int at = 0; at < n; at++) {
      missing[at] = new HashSet<>(sources(at)).size();
      if (missing[at] == 0) {
        ready.add(at);
      }
    }
    List<Integer> order = new ArrayList<>();
    while (!ready.isEmpty()) {
      int pick = 0;
      long least = Long.MAX_VALUE;
      for (int k = 0; k < ready.size(); k++) {
        Instruction i = f.body().get(ready.get(k));
        long cost = results(i);
        for (int v : new HashSet<>(i.inputs())) {
          boolean last = onlyReader(v, ready.get(k), done);
          cost -= last && !kept.contains(v) ? bytes(v) : 0;
        }
        if (cost < least || cost == least && ready.get(k) < ready.get(pick)) {
          least = cost;
          pick = k;
        }
      }
      int at = ready.remove(pick);
      order.add(at);
      done.add(at);
      for (int next : readersOf(at)) {
        if (--missing[next] == 0) {
          ready.add(next);
        }
      }
    }
    return order;
  }

  /** From the last node backwards: what its operands begin to need less what its results give. */
  private List<Integer> backward() {
    int n = f.body().size();
    Set<Integer> done = new HashSet<>();
    int[] missing = new int[n];
    List<Integer> ready = new ArrayList<>();
    for (int at = 0; at < n; at++) {
      missing[at] = readersOf(at).size();
      if (missing[at] == 0) {
        ready.add(at);
      }
    }
    List<Integer> order = new ArrayList<>();
    while (!ready.isEmpty()) {
      int pick = 0;
      long least = Long.MAX_VALUE;
      for (int k = 0; k < ready.size(); k++) {
        Instruction i = f.body().get(ready.get(k));
        long cost = -results(i);
        for (int v : new HashSet<>(i.inputs())) {
          boolean first = readers.get(v).stream().noneMatch(done::contains);
          cost += first && !kept.contains(v) ? bytes(v) : 0;
        }
        if (cost < least || cost == least && ready.get(k) > ready.get(pick)) {
          least = cost;
          pick = k;
        }
      }
      int at = ready.remove(pick);
      order.addFirst(at);
      done.add(at);
      for (int source : new HashSet<>(sources(at))) {
        if (--missing[source] == 0) {
          ready.add(source);
        }
      }
    }
    return order;
  }

  private boolean onlyReader(int v, int at, Set<Integer> done) {
    return readers.get(v).stream().allMatch(r -> r == at || done.contains(r));
  }

  private List<Integer> sources(int at) {
    return f.body().get(at).inputs().stream().map(v -> producer[v]).toList();
  }

  private Set<Integer> readersOf(int at) {
    Instruction i = f.body().get(at);
    Set<Integer> all = new HashSet<>();
    for (int v = i.first(); v < i.end(); v++) {
      all.addAll(readers.get(v));
    }
    return all;
  }

  private ProgramFunction ordered(List<Integer> order) {
    Map<Integer, Integer> number = new HashMap<>();
    List<Instruction> body = new ArrayList<>();
    int next = 0;
    for (int at : order) {
      Instruction i = f.body().get(at);
      body.add(
          new Instruction(i.op(), i.inputs().stream().map(number::get).toList(), next, i.types()));
      for (int v = i.first(); v < i.end(); v++) {
        number.put(v, next++);
      }
    }
    return new ProgramFunction(
        f.name(), body, Passes.remap(f.updates(), number), Passes.remap(f.outputs(), number));
  }
}
