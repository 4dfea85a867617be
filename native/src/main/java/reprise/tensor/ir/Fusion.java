package reprise.tensor.ir;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import reprise.tensor.ir.Elementwise.Operator;

/**
 * Replaces groups of nodes of one function by {@link Fused} operations. A group becomes one node
 * behind everything it reads: at the place of its last member or, where something reads a result
 * before that, there.
 */
final class Fusion {
  /** The node that takes the place of a group: operands and results by their old numbers. */
  private record Group(Op op, List<Integer> inputs, List<Integer> results) {}

  /** Logits of fewer elements stay in memory: they fit the caches. */
  private static final int LEAST_LOGITS = 1 << 20;

  private final ProgramFunction f;
  private final List<TensorType> types;
  private final Map<Integer, Integer> producer = new HashMap<>();
  private final Map<Integer, List<Integer>> users = new HashMap<>();
  private final Set<Integer> kept = new HashSet<>();
  private final Set<Integer> gone = new HashSet<>();
  private final Map<Integer, Integer> homes = new HashMap<>();
  private final Map<Integer, Group> groups = new HashMap<>();

  private Fusion(ProgramFunction f) {
    this.f = f;
    this.types = f.types();
    kept.addAll(f.outputs().values());
    kept.addAll(f.updates().values());
    for (int p = 0; p < f.body().size(); p++) {
      Instruction i = f.body().get(p);
      for (int v = i.first(); v < i.end(); v++) {
        producer.put(v, p);
      }
      for (int v : Set.copyOf(i.inputs())) {
        users.computeIfAbsent(v, x -> new ArrayList<>()).add(p);
      }
    }
  }

  static ProgramFunction fuse(ProgramFunction f) {
    Fusion fusion = new Fusion(f);
    for (int p = 0; p < f.body().size(); p++) {
      if (f.body().get(p).op() instanceof Loss.CrossEntropy) {
        fusion.linearCrossEntropy(p, f.body().get(p));
      }
    }
    for (int p = 0; p < f.body().size(); p++) {
      Instruction i = f.body().get(p);
      if (fusion.gone.contains(p)) {
        continue;
      }
      switch (i.op()) {
        case Linear.MatMul m when m.transposeA() -> fusion.weightGradient(p, i, m);
        case Linear.MatMul m -> fusion.dense(p, i, m);
        case Normalise.LayerNormGrad g ->
            fusion.withAdd(p, i, new Fused.LayerNormGradAdd(g.bias()), false);
        case Normalise.RmsNormGrad _ -> fusion.withAdd(p, i, new Fused.RmsNormGradAdd(), false);
        case Lookup.ScatterAdd _ -> fusion.withAdd(p, i, new Fused.ScatterOnto(), true);
        default -> {}
      }
    }
    return fusion.rebuild();
  }

  /** The only reader of a value, or -1. */
  private int onlyUser(int v) {
    List<Integer> u = users.getOrDefault(v, List.of());
    return u.size() == 1 && !kept.contains(v) && !gone.contains(u.getFirst()) ? u.getFirst() : -1;
  }

  private boolean readOnlyAfter(int v, int position, int except) {
    return users.getOrDefault(v, List.of()).stream().allMatch(u -> u > position || u == except);
  }

  /** The other operand of an addition of two values of one shape, or -1. */
  private int addend(Instruction i, int v) {
    if (i.op() instanceof Elementwise.Binary b && b.operator() == Operator.ADD) {
      int other = i.inputs().get(i.inputs().get(0) == v ? 1 : 0);
      return other != v && types.get(other).equals(types.get(v)) ? other : -1;
    }
    return -1;
  }

  private void group(int at, Set<Integer> members, Op op, List<Integer> in, List<Integer> results) {
    gone.addAll(members);
    members.forEach(m -> homes.put(m, at));
    groups.put(at, new Group(op, in, results));
  }

  /** A head and the loss over its logits, with the gradients where they are asked for. */
  private void linearCrossEntropy(int position, Instruction loss) {
    int logits = loss.inputs().get(0);
    int head = producer.get(logits);
    Instruction product = f.body().get(head);
    List<Integer> readers = users.getOrDefault(logits, List.of());
    if (!(product.op() instanceof Linear.MatMul m)
        || m.transposeA()
        || types.get(product.inputs().get(1)).shape().rank() != 2
        || kept.contains(logits)
        || types.get(logits).size() < LEAST_LOGITS) {
      return;
    }
    List<Integer> in = new ArrayList<>(product.inputs());
    in.add(loss.inputs().get(1));
    int rows = loss.first();
    if (readers.size() == 1) {
      Op op = new Fused.LinearCrossEntropy(m.transposeB());
      group(position, Set.of(head, position), op, in, List.of(rows, rows + 1));
      return;
    }
    if (readers.size() != 2) {
      return;
    }
    int gradient = readers.get(readers.get(0) == position ? 1 : 0);
    Instruction g = f.body().get(gradient);
    if (!(g.op() instanceof Loss.CrossEntropyGrad)
        || g.inputs().get(0) != logits
        || g.inputs().get(2) != rows + 1
        || dependsOn(g.inputs().get(3), Set.of(head))) {
      return;
    }
    // dlogits goes into the gradient of x and, perhaps under another shape, into that of w.
    Set<Integer> members = new HashSet<>(Set.of(head, position, gradient));
    int dx = -1;
    int dw = -1;
    List<Integer> open = new ArrayList<>(List.of(g.first()));
    while (!open.isEmpty()) {
      int v = open.removeFirst();
      if (kept.contains(v)) {
        return;
      }
      for (int u : users.getOrDefault(v, List.of())) {
        Instruction i = f.body().get(u);
        members.add(u);
        if (i.op() instanceof Layout.Reshape) {
          open.add(i.first());
        } else if (dx < 0 && isGradientOfX(i, v, product, m.transposeB())) {
          dx = i.first();
        } else if (dw < 0 && isGradientOfW(i, v, product, m.transposeB())) {
          dw = i.first();
        } else {
          return;
        }
      }
    }
    if (dx >= 0 && dw >= 0) {
      in.add(g.inputs().get(3));
      Op op = new Fused.LinearCrossEntropyStep(m.transposeB());
      int at = Math.max(producer.get(dx), producer.get(dw));
      group(at, members, op, in, List.of(rows, rows + 1, dx, dw));
    }
  }

  private boolean isGradientOfX(Instruction i, int dz, Instruction product, boolean transposed) {
    return i.op().equals(new Linear.MatMul(false, !transposed))
        && i.inputs().equals(List.of(dz, product.inputs().get(1)));
  }

  private boolean isGradientOfW(Instruction i, int dz, Instruction product, boolean transposed) {
    int left = i.inputs().getFirst();
    int right = i.inputs().getLast();
    int x = transposed ? right : left;
    return i.op().equals(new Linear.MatMul(true, false))
        && (transposed ? left : right) == dz
        && unshaped(x) == unshaped(product.inputs().getFirst());
  }

  private boolean dependsOn(int value, Set<Integer> positions) {
    int p = producer.get(value);
    return positions.contains(p)
        || f.body().get(p).inputs().stream().anyMatch(v -> dependsOn(v, positions));
  }

  /** A product with the bias, residual, activation or its derivative that follow it. */
  private void dense(int position, Instruction product, Linear.MatMul m) {
    if (types.get(product.inputs().get(1)).shape().rank() != 2) {
      return;
    }
    Set<Integer> members = new HashSet<>(Set.of(position));
    int at = position;
    int value = product.first();
    int bias = -1;
    int residual = -1;
    for (int next = onlyUser(value); next >= 0; next = onlyUser(value)) {
      Instruction i = f.body().get(next);
      int other = addend(i, value);
      if (bias < 0 && isBias(i, value)) {
        bias = i.inputs().get(1);
      } else if (residual < 0 && other >= 0) {
        residual = other;
      } else {
        break;
      }
      members.add(next);
      at = next;
      value = i.first();
    }
    List<Integer> in = new ArrayList<>(product.inputs());
    if (bias >= 0) {
      in.add(bias);
    }
    int reader = residual < 0 ? activation(value) : -1;
    if (reader >= 0) {
      members.add(reader);
      Elementwise.Unary u = (Elementwise.Unary) f.body().get(reader).op();
      Op op = new Fused.DenseActivation(m.transposeB(), bias >= 0, u.function());
      group(reader, members, op, in, List.of(f.body().get(reader).first(), value));
      return;
    }
    int slope = bias < 0 && residual < 0 ? onlyUser(value) : -1;
    if (slope >= 0 && f.body().get(slope).op() instanceof Elementwise.UnaryGrad u) {
      Instruction i = f.body().get(slope);
      if (i.inputs().get(1) == value && i.inputs().get(0) != value) {
        members.add(slope);
        in.add(i.inputs().get(0));
        Op op = new Fused.DenseActivationGrad(m.transposeB(), u.function());
        group(slope, members, op, in, List.of(i.first()));
      }
      return;
    }
    if (residual >= 0) {
      in.add(residual);
    }
    if (members.size() > 1) {
      Op op = new Fused.Dense(m.transposeB(), bias >= 0, residual >= 0);
      group(at, members, op, in, List.of(value));
    }
  }

  private boolean isBias(Instruction i, int value) {
    return i.op() instanceof Elementwise.Binary b
        && b.operator() == Operator.ADD
        && i.inputs().get(0) == value
        && types.get(i.inputs().get(1)).shape().rank() == 1
        && types.get(value).shape().rank() > 1;
  }

  /** The unary function of a value that every other reader of it follows, or -1. */
  private int activation(int value) {
    for (int u : users.getOrDefault(value, List.of())) {
      if (!gone.contains(u)
          && f.body().get(u).op() instanceof Elementwise.Unary
          && readOnlyAfter(value, u, u)) {
        return u;
      }
    }
    return -1;
  }

  /** A weight's gradient and the column sums of the same operand: its bias gradient. */
  private void weightGradient(int position, Instruction product, Linear.MatMul m) {
    int dy = product.inputs().get(1);
    if (m.transposeB() || types.get(dy).shape().rank() != 2) {
      return;
    }
    for (int p = 0; p < f.body().size(); p++) {
      Instruction i = f.body().get(p);
      if (i.op() instanceof Layout.Reduce r
          && !gone.contains(p)
          && r.fold() == Layout.Fold.SUM
          && r.from() == 0
          && unshaped(i.inputs().getFirst()) == unshaped(dy)
          && r.to() == types.get(i.inputs().getFirst()).shape().rank() - 1
          && i.types().getFirst().size() == types.get(dy).shape().dim(1)) {
        int at = Math.max(p, position);
        Instruction first = p < position ? i : product;
        if (readOnlyAfter(first.first(), at, -1)) {
          List<Integer> results = List.of(product.first(), i.first());
          group(at, Set.of(p, position), new Fused.DenseWeightGrad(), product.inputs(), results);
          return;
        }
      }
    }
  }

  private int unshaped(int v) {
    Instruction i = f.body().get(producer.get(v));
    return i.op() instanceof Layout.Reshape ? unshaped(i.inputs().getFirst()) : v;
  }

  /** A node whose first result is only added to something: the operand joins, last or first. */
  private void withAdd(int position, Instruction i, Op op, boolean first) {
    int add = onlyUser(i.first());
    if (add < 0) {
      return;
    }
    Instruction sum = f.body().get(add);
    int other = addend(sum, i.first());
    if (other < 0) {
      return;
    }
    List<Integer> results = new ArrayList<>(List.of(sum.first()));
    for (int v = i.first() + 1; v < i.end(); v++) {
      if (!readOnlyAfter(v, add, -1)) {
        return;
      }
      results.add(v);
    }
    List<Integer> in = new ArrayList<>(i.inputs());
    in.add(first ? 0 : in.size(), other);
    group(add, Set.of(position, add), op, in, results);
  }

  private ProgramFunction rebuild() {
    Map<Integer, Integer> renumbered = new HashMap<>();
    List<Instruction> body = new ArrayList<>();
    Set<Integer> begun = new HashSet<>();
    for (int p = 0; p < f.body().size(); p++) {
      if (!gone.contains(p) || groups.containsKey(p)) {
        place(p, body, renumbered, begun);
      }
    }
    Map<String, Integer> updates = new LinkedHashMap<>();
    f.updates().forEach((n, v) -> updates.put(n, renumbered.get(v)));
    Map<String, Integer> outputs = new LinkedHashMap<>();
    f.outputs().forEach((n, v) -> outputs.put(n, renumbered.get(v)));
    return Passes.dropUnused(new ProgramFunction(f.name(), body, updates, outputs));
  }

  /** Appends a node or the group it stands for, behind the nodes that it reads. */
  private void place(
      int position, List<Instruction> body, Map<Integer, Integer> renumbered, Set<Integer> begun) {
    if (!begun.add(position)) {
      return;
    }
    Instruction old = f.body().get(position);
    Group g = groups.get(position);
    if (g == null) {
      List<Integer> results = new ArrayList<>();
      for (int v = old.first(); v < old.end(); v++) {
        results.add(v);
      }
      g = new Group(old.op(), old.inputs(), results);
    }
    for (int v : g.inputs()) {
      int from = producer.get(v);
      place(homes.getOrDefault(from, from), body, renumbered, begun);
    }
    int next = body.isEmpty() ? 0 : body.getLast().end();
    List<TensorType> results = g.results().stream().map(types::get).toList();
    List<Integer> inputs = g.inputs().stream().map(renumbered::get).toList();
    body.add(new Instruction(g.op(), inputs, next, results));
    for (int v : g.results()) {
      renumbered.put(v, next++);
    }
  }
}
