package reprise.tensor.ir;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Writes a {@link Program}: declare state, then functions over it. */
public final class ProgramBuilder {
  private final String name;
  private final Map<String, State> states = new LinkedHashMap<>();
  private final Map<String, ProgramFunction> functions = new LinkedHashMap<>();

  ProgramBuilder(String name) {
    this.name = name;
  }

  /** Continues from an existing program: its states and functions stay. */
  public static ProgramBuilder from(Program p) {
    ProgramBuilder b = new ProgramBuilder(p.name());
    b.states.putAll(p.states());
    b.functions.putAll(p.functions());
    return b;
  }

  /** Declares a state tensor; zero until written. */
  public ProgramBuilder state(String state, TensorType type, State.Kind kind) {
    if (states.putIfAbsent(state, new State(state, type, kind)) != null) {
      throw new IllegalArgumentException("state '" + state + "' is declared twice");
    }
    return this;
  }

  /** Declares a trained tensor. */
  public ProgramBuilder parameter(String state, int... dims) {
    return state(state, TensorType.f32(dims), State.Kind.PARAMETER);
  }

  /** Declares and writes a function. */
  public ProgramBuilder function(String function, Consumer<FunctionBuilder> body) {
    if (functions.containsKey(function)) {
      throw new IllegalArgumentException("function '" + function + "' is declared twice");
    }
    FunctionBuilder f = new FunctionBuilder(function, states);
    body.accept(f);
    functions.put(function, f.build());
    return this;
  }

  /** The verified program. */
  public Program build() {
    return new Program(name, states, functions);
  }
}
