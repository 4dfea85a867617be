package reprise.tensor.ir;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes one function. Equal operations on equal operands become one node (common subexpressions),
 * and what no update or output needs is dropped at the end.
 */
public final class FunctionBuilder {
  private record Key(Op op, List<Integer> inputs) {}

  private final String name;
  private final Map<String, State> states;
  private final List<Instruction> body = new ArrayList<>();
  private final List<TensorType> types = new ArrayList<>();
  private final Map<Key, Instruction> known = new HashMap<>();
  private final Map<String, Integer> updates = new LinkedHashMap<>();
  private final Map<String, Integer> outputs = new LinkedHashMap<>();

  FunctionBuilder(String name, Map<String, State> states) {
    this.name = name;
    this.states = states;
  }

  /** The state tensor's value at the beginning of the step. */
  public Value read(String state) {
    State s = states.get(state);
    if (s == null) {
      throw new IllegalArgumentException(
          "function " + name + ": no state '" + state + "'; declared: " + states.keySet());
    }
    return apply(new Layout.Read(state, s.type()));
  }

  /** A constant f32 scalar. */
  public Value scalar(double value) {
    return apply(new Layout.Fill(value, TensorType.f32()));
  }

  /** A tensor with one value everywhere. */
  public Value fill(double value, TensorType type) {
    return apply(new Layout.Fill(value, type));
  }

  /** Replaces a state tensor when the step is complete. */
  public FunctionBuilder update(String state, Value v) {
    updates.put(state, own(isRead(v.id()) ? copy(v) : v));
    return this;
  }

  /** Whether a value is state itself, perhaps under another shape. */
  private boolean isRead(int v) {
    for (Instruction i : body) {
      if (i.first() == v) {
        return i.op() instanceof Layout.Read
            || i.op() instanceof Layout.Reshape && isRead(i.inputs().getFirst());
      }
    }
    return false;
  }

  private static Value copy(Value v) {
    return v.type().dtype() == DType.F32 ? v.affine(1, 0) : v.increment(0);
  }

  /** Names a result. Scalars of f32 are recorded for every step of a run. */
  public FunctionBuilder output(String output, Value v) {
    outputs.put(Names.require(output, "output"), own(v));
    return this;
  }

  /** Applies an operation with one result. */
  public Value apply(Op op, Value... in) {
    return applyAll(op, in).getFirst();
  }

  /**
   * Applies an operation.
   *
   * @throws TypeMismatch naming the function and the operation if operands do not fit
   */
  public List<Value> applyAll(Op op, Value... in) {
    List<Integer> inputs = Arrays.stream(in).map(this::own).toList();
    Instruction i = known.computeIfAbsent(new Key(op, inputs), this::append);
    List<Value> results = new ArrayList<>();
    for (int v = i.first(); v < i.end(); v++) {
      results.add(new Value(this, v, types.get(v)));
    }
    return results;
  }

  private Instruction append(Key key) {
    List<TensorType> in = key.inputs().stream().map(types::get).toList();
    List<TensorType> out;
    try {
      out = key.op().infer(in);
    } catch (TypeMismatch e) {
      throw new TypeMismatch(
          e.expected() + " (function " + name + ", " + key.op().mnemonic() + " on " + in + ")",
          e.got());
    }
    Instruction i = new Instruction(key.op(), key.inputs(), types.size(), out);
    body.add(i);
    types.addAll(out);
    return i;
  }

  /**
   * Gradients of a scalar by reverse mode, as further nodes of this function.
   *
   * @return one value for each of {@code wrt}, of its type; zeros where the loss does not depend
   */
  public List<Value> gradients(Value loss, List<Value> wrt) {
    return Gradients.of(this, loss, wrt);
  }

  /**
   * Jacobian-vector products by forward mode, as further nodes of this function: how each of {@code
   * of} changes where {@code wrt} moves along {@code directions}. Applied to {@link #gradients} it
   * gives exact Hessian-vector products; the nodes may be differentiated again.
   *
   * @param directions one value of the same type for each of wrt
   * @return one value for each of {@code of}, of its type; zeros where it does not depend on wrt
   */
  public List<Value> tangents(List<Value> of, List<Value> wrt, List<Value> directions) {
    return Tangents.of(this, of, wrt, directions);
  }

  /**
   * Writes the nodes of another function of this program here.
   *
   * @return its outputs by name
   */
  public Map<String, Value> inline(ProgramFunction other) {
    List<Value> values = new ArrayList<>();
    for (Instruction i : other.body()) {
      values.addAll(applyAll(i.op(), i.inputs().stream().map(values::get).toArray(Value[]::new)));
    }
    Map<String, Value> named = new LinkedHashMap<>();
    other.outputs().forEach((n, v) -> named.put(n, values.get(v)));
    return named;
  }

  List<Instruction> body() {
    return Collections.unmodifiableList(body);
  }

  Map<String, Integer> outputs() {
    return Collections.unmodifiableMap(outputs);
  }

  Value value(int v) {
    return new Value(this, v, types.get(v));
  }

  private int own(Value v) {
    if (v.function() != this) {
      throw new IllegalArgumentException(
          "value " + v + " belongs to another function than " + name);
    }
    return v.id();
  }

  /** Continues from an existing function: values keep their numbers. */
  static FunctionBuilder from(ProgramFunction f, String newName, Map<String, State> states) {
    FunctionBuilder b = new FunctionBuilder(newName, states);
    for (Instruction i : f.body()) {
      b.body.add(i);
      b.types.addAll(i.types());
      b.known.putIfAbsent(new Key(i.op(), i.inputs()), i);
    }
    b.updates.putAll(f.updates());
    b.outputs.putAll(f.outputs());
    return b;
  }

  ProgramFunction build() {
    return Passes.dropUnused(new ProgramFunction(name, body, updates, outputs));
  }
}
