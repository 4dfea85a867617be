package reprise.tensor.ir;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

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

  static Map<String, Integer> remap(Map<String, Integer> names, Map<Integer, Integer> renumbered) {
    Map<String, Integer> out = new LinkedHashMap<>();
    names.forEach((n, v) -> out.put(n, renumbered.get(v)));
    return out;
  }

  /**
   * What a backend runs in place of a program: products take the bias, residual, activation and
   * column sums that follow them, gradients of normalisations and of embeddings the sum they go
   * into. States, outputs and updates stay; values are equal up to rounding.
   */
  public static Program fuse(Program p) {
    Map<String, ProgramFunction> functions = new LinkedHashMap<>();
    p.functions().forEach((name, f) -> functions.put(name, Fusion.fuse(f)));
    return new Program(p.name(), p.states(), functions);
  }

  /**
   * Adds a function that computes what {@code function} computes and the gradients of its scalar
   * output {@code loss} as outputs {@code d.<state>}.
   */
  public static Program differentiate(
      Program p, String function, String loss, String newFunction, List<String> states) {
    return extend(
        p,
        function,
        newFunction,
        b -> {
          List<Value> wrt = states.stream().map(b::read).toList();
          List<Value> gradients = b.gradients(output(b, function, loss), wrt);
          for (int i = 0; i < states.size(); i++) {
            b.output("d." + states.get(i), gradients.get(i));
          }
        });
  }

  /**
   * Adds a function that computes what {@code function} computes and the exact product of the
   * Hessian of its scalar output {@code loss} with a vector, forward over reverse (Pearlmutter
   * 1994): reads states {@code v/<state>}, declared here where they are missing, and gives outputs
   * {@code Hv/<state>} of the types of {@code states}.
   */
  public static Program hessianVector(
      Program p, String function, String loss, String newFunction, List<String> states) {
    return extend(
        directions(p, states),
        function,
        newFunction,
        b -> {
          List<Value> wrt = states.stream().map(b::read).toList();
          List<Value> v = states.stream().map(s -> b.read("v/" + s)).toList();
          List<Value> g = b.gradients(output(b, function, loss), wrt);
          List<Value> product = b.tangents(g, wrt, v);
          for (int i = 0; i < states.size(); i++) {
            b.output("Hv/" + states.get(i), product.get(i));
          }
        });
  }

  /**
   * The same product as nodes of the function at hand: the loss is written here, and the Hessian is
   * taken at the states of these names.
   */
  public static List<Value> hessianVector(
      FunctionBuilder b,
      ProgramFunction lossFunction,
      String loss,
      List<String> states,
      List<Value> v) {
    Value y = b.inline(lossFunction).get(loss);
    if (y == null) {
      throw new IllegalArgumentException(
          "function "
              + lossFunction.name()
              + " has no output '"
              + loss
              + "'; it has "
              + lossFunction.outputs().keySet());
    }
    List<Value> wrt = states.stream().map(b::read).toList();
    return b.tangents(b.gradients(y, wrt), wrt, v);
  }

  /**
   * Adds a function that computes what {@code function} computes and, as outputs {@code
   * t/<output>}, how its f32 outputs change along states {@code v/<state>}, declared here where
   * they are missing: the Jacobian-vector product.
   */
  public static Program tangent(
      Program p, String function, String newFunction, List<String> states) {
    ProgramFunction f = p.function(function);
    List<TensorType> types = f.types();
    List<String> names =
        f.outputs().keySet().stream()
            .filter(n -> types.get(f.outputs().get(n)).dtype() == DType.F32)
            .toList();
    return extend(
        directions(p, states),
        function,
        newFunction,
        b -> {
          List<Value> wrt = states.stream().map(b::read).toList();
          List<Value> v = states.stream().map(s -> b.read("v/" + s)).toList();
          List<Value> of = names.stream().map(n -> output(b, function, n)).toList();
          List<Value> t = b.tangents(of, wrt, v);
          for (int i = 0; i < names.size(); i++) {
            b.output("t/" + names.get(i), t.get(i));
          }
        });
  }

  private static Program directions(Program p, List<String> states) {
    Map<String, State> all = new LinkedHashMap<>(p.states());
    for (String s : states) {
      State v = new State("v/" + s, p.state(s).type(), State.Kind.OPTIMISER);
      all.putIfAbsent(v.name(), v);
    }
    return new Program(p.name(), all, p.functions());
  }

  private static Program extend(
      Program p, String function, String newFunction, Consumer<FunctionBuilder> more) {
    FunctionBuilder b = FunctionBuilder.from(p.function(function), newFunction, p.states());
    more.accept(b);
    Map<String, ProgramFunction> functions = new LinkedHashMap<>(p.functions());
    functions.put(newFunction, b.build());
    return new Program(p.name(), p.states(), functions);
  }

  private static Value output(FunctionBuilder b, String function, String name) {
    Integer v = b.outputs().get(name);
    if (v == null) {
      throw new IllegalArgumentException(
          "function " + function + " has no output '" + name + "'; it has " + b.outputs().keySet());
    }
    return b.value(v);
  }
}
