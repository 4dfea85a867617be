package reprise.tensor.ir;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Small program transformations. */
public final class Passes {
  private Passes() {}

  /** Drops nodes that no update and no output depends on, and renumbers values. */
  public static ProgramFunction dropUnused(ProgramFunction f) {
    boolean[] used = new boolean[f.types().size()];
    f.updates().values().forEach(v -> used[v] = true);
    f.outputs().values().forEach(v -> used[v] = true);
    List<Instruction> kept = new ArrayList<>();
    for (Instruction i : f.body().reversed()) {
      boolean needed = false;
      for (int v = i.first(); v < i.end(); v++) {
        needed |= used[v];
      }
      if (needed) {
        i.inputs().forEach(v -> used[v] = true);
        kept.addFirst(i);
      }
    }
    Map<Integer, Integer> renumbered = new HashMap<>();
    List<Instruction> body = new ArrayList<>();
    int next = 0;
    for (Instruction i : kept) {
      List<Integer> inputs = i.inputs().stream().map(renumbered::get).toList();
      body.add(new Instruction(i.op(), inputs, next, i.types()));
      for (int v = i.first(); v < i.end(); v++) {
        renumbered.put(v, next++);
      }
    }
    return new ProgramFunction(
        f.name(), body, remap(f.updates(), renumbered), remap(f.outputs(), renumbered));
  }

  private static Map<String, Integer> remap(
      Map<String, Integer> names, Map<Integer, Integer> renumbered) {
    Map<String, Integer> out = new LinkedHashMap<>();
    names.forEach((n, v) -> out.put(n, renumbered.get(v)));
    return out;
  }

  /**
   * Adds a function that computes what {@code function} computes and the gradients of its scalar
   * output {@code loss} as outputs {@code d.<state>}.
   */
  public static Program differentiate(
      Program p, String function, String loss, String newFunction, List<String> states) {
    ProgramFunction f = p.function(function);
    Integer lossValue = f.outputs().get(loss);
    if (lossValue == null) {
      throw new IllegalArgumentException(
          "function " + function + " has no output '" + loss + "'; it has " + f.outputs().keySet());
    }
    FunctionBuilder b = FunctionBuilder.from(f, newFunction, p.states());
    List<Value> wrt = states.stream().map(b::read).toList();
    List<Value> gradients = b.gradients(b.value(lossValue), wrt);
    for (int i = 0; i < states.size(); i++) {
      b.output("d." + states.get(i), gradients.get(i));
    }
    Map<String, ProgramFunction> functions = new LinkedHashMap<>(p.functions());
    functions.put(newFunction, b.build());
    return new Program(p.name(), p.states(), functions);
  }
}
