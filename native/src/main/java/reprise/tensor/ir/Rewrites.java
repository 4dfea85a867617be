package reprise.tensor.ir;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Functions made from functions: inner values read out or replaced. Each takes a program and gives
 * one with a further function; the old one stays.
 */
public final class Rewrites {
  private Rewrites() {}

  /**
   * The value computed by the first node that takes a state tensor: for a weight matrix the product
   * with it (and what the node adds to it).
   *
   * @throws IllegalArgumentException if no node of the function takes it
   */
  public static int using(Program p, String function, String state) {
    ProgramFunction f = p.function(function);
    List<Integer> reads = new ArrayList<>();
    for (Instruction i : f.body()) {
      if (i.op() instanceof Layout.Read r && r.state().equals(state)) {
        reads.add(i.first());
      } else if (i.inputs().stream().anyMatch(reads::contains)) {
        return i.first();
      }
    }
    throw new IllegalArgumentException(
        "no node of function " + function + " takes the state '" + state + "'");
  }

  /** A copy of a function with these values as further outputs (activation capture). */
  public static Program capture(
      Program p, String function, String newFunction, Map<String, Integer> values) {
    values.forEach((name, v) -> f32(p, function, name, v));
    return rewrite(p, p.states(), function, newFunction, Map.of(), values);
  }

  /**
   * A copy of a function in which all that follows takes state tensors, declared by these names, in
   * place of these values (activation patching). A patched value keeps its type.
   */
  public static Program patch(
      Program p, String function, String newFunction, Map<String, Integer> values) {
    Map<String, State> states = new LinkedHashMap<>(p.states());
    Map<Integer, Function<FunctionBuilder, Value>> instead = new HashMap<>();
    values.forEach((name, v) -> {
      State s = new State(name, f32(p, function, name, v), State.Kind.DATA);
      if (states.putIfAbsent(name, s) != null) {
        throw new IllegalArgumentException("state '" + name + "' is declared already");
      }
      instead.put(v, b -> b.read(name));
    });
    return rewrite(p, states, function, newFunction, instead, Map.of());
  }

  /** A copy of a function that computes some state tensors instead of reading them. */
  public static Program substitute(
      Program p,
      String function,
      String newFunction,
      Map<String, Function<FunctionBuilder, Value>> computed) {
    Map<Integer, Function<FunctionBuilder, Value>> instead = new HashMap<>();
    for (Instruction i : p.function(function).body()) {
      if (i.op() instanceof Layout.Read r && computed.containsKey(r.state())) {
        instead.put(i.first(), computed.get(r.state()));
      }
    }
    return rewrite(p, p.states(), function, newFunction, instead, Map.of());
  }

  private static TensorType f32(Program p, String function, String name, int v) {
    List<TensorType> types = p.function(function).types();
    if (v < 0 || v >= types.size() || types.get(v).dtype() != DType.F32) {
      throw new IllegalArgumentException(
          name
              + ": expected an f32 value of function "
              + function
              + " below %"
              + types.size()
              + ", got %"
              + v);
    }
    return types.get(v);
  }

  private static Program rewrite(
      Program p,
      Map<String, State> states,
      String function,
      String newFunction,
      Map<Integer, Function<FunctionBuilder, Value>> instead,
      Map<String, Integer> outputs) {
    ProgramFunction f = p.function(function);
    FunctionBuilder b = new FunctionBuilder(newFunction, states);
    List<Value> values = new ArrayList<>();
    for (Instruction i : f.body()) {
      Value[] in = i.inputs().stream().map(values::get).toArray(Value[]::new);
      for (Value result : b.applyAll(i.op(), in)) {
        Function<FunctionBuilder, Value> other = instead.get(values.size());
        values.add(other == null ? result : other.apply(b));
      }
    }
    f.outputs().forEach((name, v) -> b.output(name, values.get(v)));
    outputs.forEach((name, v) -> b.output(name, values.get(v)));
    f.updates().forEach((name, v) -> b.update(name, values.get(v)));
    Map<String, ProgramFunction> functions = new LinkedHashMap<>(p.functions());
    if (functions.putIfAbsent(newFunction, b.build()) != null) {
      throw new IllegalArgumentException("function '" + newFunction + "' is there already");
    }
    return new Program(p.name(), states, functions);
  }
}
