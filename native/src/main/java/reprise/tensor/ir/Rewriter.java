package reprise.tensor.ir;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a function anew, node by node; a rule may put other nodes in place of one. Equal nodes
 * become one and unused ones none, as the builder does.
 */
final class Rewriter {
  /** What stands for the values of the old function in the new one. */
  interface Operands {
    Value at(int oldValue);
  }

  /** Results in place of the node's, or null to keep it. */
  interface Rule {
    List<Value> rewrite(FunctionBuilder b, Instruction i, Operands in);
  }

  private Rewriter() {}

  static ProgramFunction rewrite(ProgramFunction f, Map<String, State> states, Rule rule) {
    FunctionBuilder b = new FunctionBuilder(f.name(), states);
    List<Value> values = new ArrayList<>();
    for (Instruction i : f.body()) {
      List<Value> out = rule.rewrite(b, i, values::get);
      if (out == null) {
        Value[] in = i.inputs().stream().map(values::get).toArray(Value[]::new);
        out = b.applyAll(i.op(), in);
      }
      values.addAll(out);
    }
    f.updates().forEach((n, v) -> b.update(n, values.get(v)));
    f.outputs().forEach((n, v) -> b.output(n, values.get(v)));
    return b.build();
  }

  /** The nodes of a function being written, by the value they give. */
  static final class Producers {
    private final FunctionBuilder b;
    private final Map<Integer, Instruction> known = new HashMap<>();
    private int seen;

    Producers(FunctionBuilder b) {
      this.b = b;
    }

    Instruction of(Value v) {
      for (; seen < b.body().size(); seen++) {
        Instruction i = b.body().get(seen);
        for (int r = i.first(); r < i.end(); r++) {
          known.put(r, i);
        }
      }
      return known.get(v.id());
    }
  }
}
