package reprise.tensor.ir;

import java.util.List;
import java.util.Locale;

/** A memory plan as a table: every value with its offset, size, lifetime and whose memory it is. */
final class MemoryTable {
  private MemoryTable() {}

  static String of(Program p) {
    MemoryPlan plan = p.memory();
    StringBuilder out = new StringBuilder(plan + "\n");
    for (State s : p.states().values()) {
      row(out, "state " + s.name(), plan.states().get(s.name()), s.type(), "always", "");
    }
    for (ProgramFunction f : p.functions().values()) {
      out.append("function ").append(f.name()).append('\n');
      function(out, f, plan.values().get(f.name()));
    }
    return out.toString();
  }

  private static void function(StringBuilder out, ProgramFunction f, List<Long> offsets) {
    Aliases aliases = Aliases.of(f);
    List<TensorType> types = f.types();
    int[] last = new int[types.size()];
    int position = 0;
    for (Instruction i : f.body()) {
      for (int v : i.inputs()) {
        last[v] = position;
      }
      position++;
    }
    for (int v : f.outputs().values()) {
      last[v] = position;
    }
    for (int v : f.updates().values()) {
      last[v] = position;
    }
    position = 0;
    for (Instruction i : f.body()) {
      for (int v = i.first(); v < i.end(); v++) {
        int root = aliases.root(v);
        String state = aliases.state(root);
        String where =
            state != null ? "in state " + state : root != v ? "in place of %" + root : "";
        String lives = position + ".." + Math.max(position, last[v]);
        row(out, "%" + v + " " + i.op().mnemonic(), offsets.get(v), types.get(v), lives, where);
      }
      position++;
    }
  }

  private static void row(
      StringBuilder out, String what, long offset, TensorType type, String lives, String where) {
    String line =
        String.format(
            Locale.ROOT,
            "%12d %10d  %-11s %-28s %-16s %s",
            offset,
            type.bytes(),
            lives,
            what,
            type,
            where);
    out.append(line.stripTrailing()).append('\n');
  }
}
