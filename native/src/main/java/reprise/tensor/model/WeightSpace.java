package reprise.tensor.model;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import reprise.tensor.ir.FunctionBuilder;
import reprise.tensor.ir.Program;
import reprise.tensor.ir.Rewrites;
import reprise.tensor.ir.State;
import reprise.tensor.ir.TensorType;
import reprise.tensor.ir.Value;

/**
 * Paths between two sets of parameters. The ends are state tensors {@code start.<parameter>} and
 * {@code end.<parameter>}, the place on the path is {@code path.position}, from 0 to 1.
 */
public final class WeightSpace {
  private WeightSpace() {}

  /** A point on a path from the start, the parameter itself, and the end. */
  private interface Path {
    Value at(Value start, Value parameter, Value end, Value t);
  }

  /**
   * Adds a function that computes what {@code function} does at start + t (end - start) (Goodfellow
   * et al. 2015).
   */
  public static Program line(Program p, String function, String newFunction) {
    return path(p, function, newFunction, (start, _, end, t) -> start.add(end.sub(start).mul(t)));
  }

  /**
   * Adds a function that computes what {@code function} does at (1-t)^2 start + 2t(1-t) theta + t^2
   * end, theta the program's own parameters, which may be trained through {@link
   * reprise.tensor.ir.Passes#differentiate} (Garipov et al. 2018, section 3.3).
   */
  public static Program bezier(Program p, String function, String newFunction) {
    return path(
        p,
        function,
        newFunction,
        (start, theta, end, t) -> {
          Value rest = t.affine(-1, 1);
          Value middle = theta.mul(t.mul(rest).scale(2));
          return start.mul(rest.square()).add(middle).add(end.mul(t.square()));
        });
  }

  private static Program path(Program p, String function, String newFunction, Path path) {
    Map<String, State> states = new LinkedHashMap<>(p.states());
    Map<String, Function<FunctionBuilder, Value>> computed = new HashMap<>();
    states.putIfAbsent(
        "path.position", new State("path.position", TensorType.f32(), State.Kind.DATA));
    for (State s : p.states().values()) {
      if (s.kind() == State.Kind.PARAMETER) {
        for (String end : new String[] {"start.", "end."}) {
          String name = end + s.name();
          states.putIfAbsent(name, new State(name, s.type(), State.Kind.DATA));
        }
        computed.put(
            s.name(),
            f ->
                path.at(
                    f.read("start." + s.name()),
                    f.read(s.name()),
                    f.read("end." + s.name()),
                    f.read("path.position")));
      }
    }
    Program wide = new Program(p.name(), states, p.functions());
    return Rewrites.substitute(wide, function, newFunction, computed);
  }
}
