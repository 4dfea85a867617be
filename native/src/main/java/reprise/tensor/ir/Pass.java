package reprise.tensor.ir;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A named program transformation that keeps states, outputs and updates.
 *
 * @param name in dumps and in the property {@code reprise.passes}
 * @param purpose one line for people
 * @param body from a function to its replacement
 */
public record Pass(String name, String purpose, Transformation body) {
  /** Rewrites one function over the states of its program. */
  @FunctionalInterface
  public interface Transformation {
    ProgramFunction apply(ProgramFunction f, Map<String, State> states);
  }

  public Pass {
    Names.require(name, "pass");
  }

  /** Applied to every function; the result is verified. */
  public Program apply(Program p) {
    Map<String, ProgramFunction> functions = new LinkedHashMap<>();
    p.functions().forEach((n, f) -> functions.put(n, body.apply(f, p.states())));
    return new Program(p.name(), p.states(), functions);
  }
}
