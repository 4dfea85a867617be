package reprise.tensor.ir;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Shared state tensors and named functions over them, verified on construction.
 *
 * @param name what this program is, for people
 * @param states state tensors by name, in order of declaration
 * @param functions functions by name
 */
public record Program(
    String name, Map<String, State> states, Map<String, ProgramFunction> functions) {
  public Program {
    Names.require(name, "program");
    states = Collections.unmodifiableMap(new LinkedHashMap<>(states));
    functions = Collections.unmodifiableMap(new LinkedHashMap<>(functions));
    Verifier.verify(name, states, functions);
  }

  /** Starts a program. */
  public static ProgramBuilder builder(String name) {
    return new ProgramBuilder(name);
  }

  /** One function, or an error that lists those that exist. */
  public ProgramFunction function(String function) {
    ProgramFunction f = functions.get(function);
    if (f == null) {
      throw new IllegalArgumentException(
          "program " + name + " has no function '" + function + "'; it has " + functions.keySet());
    }
    return f;
  }

  /** One state tensor, or an error that lists those that exist. */
  public State state(String state) {
    State s = states.get(state);
    if (s == null) {
      throw new IllegalArgumentException(
          "program " + name + " has no state '" + state + "'; it has " + states.keySet());
    }
    return s;
  }

  /** Number of elements over all parameters. */
  public long parameters() {
    return states.values().stream()
        .filter(s -> s.kind() == State.Kind.PARAMETER)
        .mapToLong(s -> s.type().size())
        .sum();
  }

  /** Native memory a session of this program takes, known before it runs. */
  public MemoryPlan memory() {
    return MemoryPlan.of(this);
  }

  /** The program as text; {@link ProgramText#parse} reads it back. */
  @Override
  public String toString() {
    return ProgramText.print(this);
  }
}
