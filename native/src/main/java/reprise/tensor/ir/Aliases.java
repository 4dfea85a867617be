package reprise.tensor.ir;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which values of a function share memory: reshapes with their operand, reads with the state, and
 * results that overwrite an operand or a state tensor nobody reads any more.
 */
final class Aliases {
  private final int[] root;
  private final Map<Integer, String> states = new HashMap<>();

  private Aliases(int values) {
    root = new int[values];
  }

  /** The value whose memory this one uses. */
  int root(int v) {
    return root[v];
  }

  /** The state tensor a root lives in, or null for the arena. */
  String state(int r) {
    return states.get(r);
  }

  static Aliases of(ProgramFunction f) {
    List<TensorType> types = f.types();
    Aliases a = new Aliases(types.size());
    Map<String, Integer> stateRoot = new HashMap<>();
    // Pass 1: what must alias.
    for (Instruction i : f.body()) {
      for (int v = i.first(); v < i.end(); v++) {
        a.root[v] = v;
      }
      if (i.op() instanceof Layout.Reshape) {
        a.root[i.first()] = a.root[i.inputs().getFirst()];
      } else if (i.op() instanceof Layout.Read r) {
        int first = stateRoot.computeIfAbsent(r.state(), s -> i.first());
        a.root[i.first()] = first;
        a.states.put(first, r.state());
      }
    }
    int[] lastUse = a.lastUses(f);
    // Pass 2: what may alias, in order of execution.
    int position = 0;
    for (Instruction i : f.body()) {
      for (int k = 0; k < i.types().size(); k++) {
        int v = i.first() + k;
        if (a.root[v] != v || a.states.containsKey(v)) {
          continue;
        }
        String update = updated(f, v);
        if (update != null && a.mayOverwrite(f, i, k, update, stateRoot, lastUse, position)) {
          a.states.put(v, update);
        } else {
          a.overwriteOperand(i, k, types, lastUse, position);
        }
      }
      position++;
    }
    return a;
  }

  private int[] lastUses(ProgramFunction f) {
    int[] last = new int[root.length];
    int position = 0;
    for (Instruction i : f.body()) {
      for (int v : i.inputs()) {
        last[root[v]] = position;
      }
      for (int v = i.first(); v < i.end(); v++) {
        last[root[v]] = Math.max(last[root[v]], position);
      }
      position++;
    }
    f.outputs().values().forEach(v -> last[root[v]] = f.body().size());
    f.updates().values().forEach(v -> last[root[v]] = f.body().size());
    return last;
  }

  /** The one state this value replaces, if it replaces exactly one and is no output. */
  private static String updated(ProgramFunction f, int v) {
    List<String> names = new ArrayList<>();
    f.updates()
        .forEach((n, u) -> {
          if (u == v) {
            names.add(n);
          }
        });
    return names.size() == 1 ? names.getFirst() : null;
  }

  private boolean mayOverwrite(
      ProgramFunction f,
      Instruction i,
      int result,
      String state,
      Map<String, Integer> stateRoot,
      int[] lastUse,
      int position) {
    Integer old = stateRoot.get(state);
    if (old == null || lastUse[old] < position) {
      return true;
    }
    if (lastUse[old] > position) {
      return false;
    }
    // Read by this very node: only where every such operand is one this result may overwrite.
    List<Integer> allowed = inPlace(i.op(), result);
    for (int k = 0; k < i.inputs().size(); k++) {
      boolean reads = root[i.inputs().get(k)] == old;
      if (reads && !(allowed.contains(k) && sameSize(f, i, k, result))) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameSize(ProgramFunction f, Instruction i, int operand, int result) {
    return f.types().get(i.inputs().get(operand)).size() == i.types().get(result).size();
  }

  private void overwriteOperand(
      Instruction i, int result, List<TensorType> types, int[] lastUse, int position) {
    int v = i.first() + result;
    for (int k : inPlace(i.op(), result)) {
      if (k >= i.inputs().size()) {
        break;
      }
      int operand = root[i.inputs().get(k)];
      boolean dies = lastUse[operand] == position && !states.containsKey(operand);
      boolean once = i.inputs().stream().filter(x -> root[x] == operand).count() == 1;
      boolean free = true;
      for (int other = i.first(); other < v; other++) {
        free &= root[other] != operand;
      }
      if (dies && once && free && types.get(operand).bytes() == i.types().get(result).bytes()) {
        root[v] = operand;
        // The memory now lives as long as the result: later reshapes follow through root.
        lastUse[operand] = Math.max(lastUse[operand], lastUse[v]);
        for (int w = i.end(); w < root.length; w++) {
          if (root[w] == v) {
            root[w] = operand;
          }
        }
        return;
      }
    }
  }

  /** Operands whose memory a result may take over, element by element or row by row. */
  private static List<Integer> inPlace(Op op, int result) {
    return switch (op) {
      case Elementwise.Unary _, Elementwise.Affine _, Elementwise.Increment _ -> List.of(0);
      case Elementwise.UnaryGrad _ -> List.of(1, 0);
      case Elementwise.Binary _ -> List.of(0, 1);
      case Normalise.Softmax _, Attend.Rotary _, Attention.RotaryEmbedding _ -> List.of(0);
      case Normalise.LayerNormGrad _ -> result == 0 ? List.of(4) : List.of();
      case Normalise.RmsNormGrad _ -> result == 0 ? List.of(3) : List.of();
      case Incremental.CacheAppend _, Incremental.Advance _ -> List.of(0);
      case Incremental.SampleNext _ -> List.of(result + 1);
      case Loss.CrossEntropyGrad _, Loss.KlDivergenceGrad _ -> List.of(0);
      case Fused.Dense d -> d.residual() ? List.of(d.bias() ? 3 : 2) : List.of();
      case Fused.LayerNormGradAdd _ -> result == 0 ? List.of(5, 4) : List.of();
      case Fused.RmsNormGradAdd _ -> result == 0 ? List.of(4, 3) : List.of();
      case Fused.ScatterOnto _ -> List.of(0);
      case Optimise.AdamW _ -> List.of(result == 0 ? 0 : result + 1);
      case Quantise _ -> List.of(0);
      case Pointwise.Map _, Pointwise.Detach _ -> List.of(0);
      case Pointwise.MapGrad _ -> List.of(1, 0);
      case Pointwise.Zip _ -> List.of(0, 1);
      case Pointwise.Select _ -> List.of(1, 2, 0);
      case Arrange.Scan _, Arrange.Band _ -> List.of(0);
      case Noise.Dropout _ -> List.of(0);
      case Criterion.SmoothedCrossEntropyGrad _ -> List.of(0);
      case Fourier _ -> List.of(0);
      case Recurrent.Lstm _ -> result == 1 ? List.of(1) : List.of();
      case Recurrent.LstmGrad _ -> List.of(result == 0 ? 0 : 4);
      case Recurrent.Gru _ -> List.of(2);
      case Recurrent.GruGrad _ -> List.of(result);
      case ElementwiseChain c -> c.whole();
      case Update.RateDecay _ -> List.of();
      case Update _ -> List.of(result == 0 ? 0 : result + 1);
      case Spatial.BatchNorm _ -> result == 0 ? List.of(0) : List.of();
      case Spatial.BatchNormGrad g ->
          switch (result) {
            case 0 -> g.residual() ? List.of(0, 6) : List.of(5, 0);
            case 3 -> List.of(5);
            default -> List.of();
          };
      default -> List.of();
    };
  }
}
