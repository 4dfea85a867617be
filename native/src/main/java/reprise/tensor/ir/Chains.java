package reprise.tensor.ir;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import reprise.tensor.ir.ElementwiseChain.Step;

/**
 * Fuses element-by-element nodes whose results nobody else reads into the node that reads them:
 * what was a pass over memory for each becomes one. Repetitions along leading or trailing axes that
 * feed them are not written out any more.
 */
final class Chains {
  private final ProgramFunction f;
  private final List<TensorType> types;
  private final Map<Integer, Integer> producer = new HashMap<>();

  /** Readers of each value by position; the end of the body for outputs and updates. */
  private final Map<Integer, Set<Integer>> readers = new HashMap<>();

  private Chains(ProgramFunction f) {
    this.f = f;
    this.types = f.types();
    for (int at = 0; at < f.body().size(); at++) {
      Instruction i = f.body().get(at);
      for (int v = i.first(); v < i.end(); v++) {
        producer.put(v, at);
        readers.put(v, new HashSet<>());
      }
      for (int v : i.inputs()) {
        readers.get(v).add(at);
      }
    }
    f.outputs().values().forEach(v -> readers.get(v).add(f.body().size()));
    f.updates().values().forEach(v -> readers.get(v).add(f.body().size()));
  }

  static ProgramFunction fuse(ProgramFunction f, Map<String, State> states) {
    return new Chains(f).run(states);
  }

  private ProgramFunction run(Map<String, State> states) {
    Map<Integer, Region> roots = new HashMap<>();
    Set<Integer> inside = new HashSet<>();
    for (int at = f.body().size() - 1; at >= 0; at--) {
      // Scalars have no memory to pass over: they stay nodes of their own, which reports name.
      boolean scalar = f.body().get(at).types().getFirst().size() == 1;
      if (!scalar && !inside.contains(at) && fusible(f.body().get(at))) {
        Region r = grow(at);
        if (r.nodes.size() + r.repeats >= 2) {
          roots.put(at, r);
          inside.addAll(r.nodes);
        }
      }
    }
    int[] position = {0};
    return Rewriter.rewrite(
        f,
        states,
        (b, i, in) -> {
          Region r = roots.get(position[0]++);
          if (r == null) {
            return null;
          }
          Value[] operands = r.operands.stream().map(v -> in.at(v)).toArray(Value[]::new);
          return List.of(
              b.apply(ElementwiseChain.of(i.types().getFirst().shape(), r.steps), operands));
        });
  }

  private static boolean fusible(Instruction i) {
    return switch (i.op()) {
      case Elementwise.Unary _,
          Elementwise.UnaryGrad _,
          Elementwise.Binary _,
          Elementwise.Affine _ ->
          true;
      default -> false;
    };
  }

  /** What becomes one node: positions in the body, operands, steps. */
  private static final class Region {
    final Set<Integer> nodes = new HashSet<>();
    List<Integer> operands = List.of();
    List<Step> steps = List.of();
    int repeats;
  }

  private Region grow(int root) {
    Region region = new Region();
    region.nodes.add(root);
    write(region, root);
    Shape shape = f.body().get(root).types().getFirst().shape();
    for (int at = root - 1; at >= 0; at--) {
      Instruction i = f.body().get(at);
      boolean only =
          fusible(i)
              && i.types().getFirst().shape().equals(shape)
              && !readers.get(i.first()).isEmpty()
              && region.nodes.containsAll(readers.get(i.first()));
      if (only) {
        region.nodes.add(at);
        if (!write(region, root)) {
          region.nodes.remove(at);
          write(region, root);
        }
      }
    }
    return region;
  }

  /** Numbers operands and steps; false if the chain is too long for one node. */
  private boolean write(Region region, int root) {
    Shape shape = f.body().get(root).types().getFirst().shape();
    Map<Integer, Integer> operands = new LinkedHashMap<>();
    Map<Integer, Boolean> wide = new HashMap<>();
    List<Integer> order = region.nodes.stream().sorted().toList();
    Map<Integer, Integer> source = new HashMap<>();
    for (int at : order) {
      for (int v : f.body().get(at).inputs()) {
        if (!region.nodes.contains(producer.get(v))) {
          source.put(v, leaf(v, shape, wide));
          operands.putIfAbsent(source.get(v), operands.size());
        }
      }
    }
    List<Step> steps = new ArrayList<>();
    Map<Integer, Integer> number = new HashMap<>();
    region.repeats = 0;
    for (int v : source.keySet().stream().sorted().toList()) {
      int operand = operands.get(source.get(v));
      number.put(v, operand);
      if (source.get(v) != v) {
        region.repeats++;
      }
      if (wide.getOrDefault(v, false)) {
        number.put(v, operands.size() + steps.size());
        steps.add(new Step(null, List.of(operand)));
      }
    }
    for (int at : order) {
      Instruction i = f.body().get(at);
      number.put(i.first(), operands.size() + steps.size());
      steps.add(new Step((Elementwise) i.op(), i.inputs().stream().map(number::get).toList()));
    }
    region.operands = List.copyOf(operands.keySet());
    region.steps = steps;
    long repeated = steps.stream().filter(Step::wide).count();
    return operands.size() + repeated <= ElementwiseChain.OPERANDS
        && order.size() <= ElementwiseChain.STEPS
        && ChainSlots.count(operands.size(), steps) <= ChainSlots.SLOTS;
  }

  /** What an operand repeats along leading (plain) or trailing (wide) axes, or itself. */
  private int leaf(int v, Shape shape, Map<Integer, Boolean> wide) {
    Instruction i = f.body().get(producer.get(v));
    if (i.op() instanceof Layout.Expand e && types.get(v).shape().equals(shape)) {
      Shape narrow = types.get(i.inputs().getFirst()).shape();
      if (e.at() == 0) {
        return i.inputs().getFirst();
      } else if (e.at() == narrow.rank()) {
        wide.put(v, true);
        return i.inputs().getFirst();
      }
    }
    return v;
  }
}
