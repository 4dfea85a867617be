package reprise.tensor;

import java.util.ArrayList;
import java.util.List;
import reprise.tensor.ir.DType;
import reprise.tensor.ir.Program;
import reprise.tensor.ir.State;

/** The programs of all conformance cases, for tests of other packages. */
public final class OpPrograms {
  private OpPrograms() {}

  /** One program for each case. */
  public static List<Program> all() {
    List<Program> list = new ArrayList<>();
    OpCases.all().forEach(c -> list.add(ConformanceTest.program(c)));
    return list;
  }

  /** A case's program and what fills its state. */
  public record Filled(String name, Program program, java.util.function.Consumer<Session> fill) {}

  /** All cases with their numbers. */
  public static List<Filled> filled() {
    List<Filled> list = new ArrayList<>();
    OpCases.all()
        .forEach(c -> {
          Program p = ConformanceTest.program(c);
          list.add(new Filled(c.name(), p, s -> fill(c, p, s)));
        });
    return list;
  }

  /** Fills all state with the case's numbers. */
  static void fill(OpCases.Case c, Program p, Session s) {
    ConformanceTest.fill(p, c, s);
    for (State state : p.states().values()) {
      if (state.type().dtype() == DType.F32 && state.kind() == State.Kind.OPTIMISER) {
        s.write(state.name(), new float[state.type().size()]);
      }
    }
  }
}
