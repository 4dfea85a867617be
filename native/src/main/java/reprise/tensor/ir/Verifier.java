package reprise.tensor.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The rules a program keeps, as a list. Runs on every construction of a {@link Program}, so that a
 * pass cannot hand on a broken one; each failure names the node, what was expected, what was found.
 */
public final class Verifier {
  /** One broken rule. */
  public record Failure(String function, String node, String expected, String got) {
    @Override
    public String toString() {
      return function + ": " + node + ": expected " + expected + ", got " + got;
    }
  }

  /** A program that breaks rules; the message lists every failure. */
  public static final class InvalidProgram extends IllegalArgumentException {
    private final transient List<Failure> failures;

    InvalidProgram(String program, List<Failure> failures) {
      super(
          failures.stream()
              .map(Failure::toString)
              .collect(Collectors.joining("\n  ", "program " + program + " is invalid:\n  ", "")));
      this.failures = failures;
    }

    /** What is wrong, in order. */
    public List<Failure> failures() {
      return failures;
    }
  }

  private interface Rule {
    void check(Map<String, State> states, ProgramFunction f, Consumer<Failure> report);
  }

  private static final List<Rule> RULES =
      List.of(
          Verifier::numberedWithoutGaps,
          Verifier::operandsComeFirst,
          Verifier::typesFollowTheRule,
          Verifier::readsMatchState,
          Verifier::updatesMatchState,
          Verifier::updatesAreComputed,
          Verifier::outputsExist);

  private Verifier() {}

  static void verify(
      String program, Map<String, State> states, Map<String, ProgramFunction> functions) {
    List<Failure> failures = new ArrayList<>();
    for (ProgramFunction f : functions.values()) {
      for (Rule rule : RULES) {
        int before = failures.size();
        rule.check(states, f, failures::add);
        if (failures.size() > before) {
          break; // later rules build on the earlier ones
        }
      }
    }
    if (!failures.isEmpty()) {
      throw new InvalidProgram(program, failures);
    }
  }

  private static void numberedWithoutGaps(
      Map<String, State> states, ProgramFunction f, Consumer<Failure> report) {
    int next = 0;
    for (Instruction i : f.body()) {
      if (i.first() != next) {
        report.accept(failure(f, i, "first result %" + next, "%" + i.first()));
      }
      next = i.end();
    }
  }

  private static void operandsComeFirst(
      Map<String, State> states, ProgramFunction f, Consumer<Failure> report) {
    for (Instruction i : f.body()) {
      for (int v : i.inputs()) {
        if (v < 0 || v >= i.first()) {
          report.accept(failure(f, i, "operands below %" + i.first(), "%" + v));
        }
      }
    }
  }

  private static void typesFollowTheRule(
      Map<String, State> states, ProgramFunction f, Consumer<Failure> report) {
    List<TensorType> types = f.types();
    for (Instruction i : f.body()) {
      try {
        List<TensorType> inferred = i.op().infer(i.inputs().stream().map(types::get).toList());
        if (!inferred.equals(i.types())) {
          report.accept(failure(f, i, "result types " + inferred, i.types().toString()));
        }
      } catch (TypeMismatch e) {
        report.accept(failure(f, i, e.expected(), e.got()));
      }
    }
  }

  private static void readsMatchState(
      Map<String, State> states, ProgramFunction f, Consumer<Failure> report) {
    for (Instruction i : f.body()) {
      if (i.op() instanceof Layout.Read read) {
        State s = states.get(read.state());
        if (s == null) {
          report.accept(failure(f, i, "one of the states " + states.keySet(), read.state()));
        } else if (!s.type().equals(read.type())) {
          report.accept(failure(f, i, "the state's type " + s.type(), read.type().toString()));
        }
      }
    }
  }

  private static void updatesMatchState(
      Map<String, State> states, ProgramFunction f, Consumer<Failure> report) {
    List<TensorType> types = f.types();
    f.updates()
        .forEach((name, v) -> {
          String node = "update " + name + " = %" + v;
          State s = states.get(name);
          if (s == null) {
            report.accept(
                new Failure(f.name(), node, "one of the states " + states.keySet(), name));
          } else if (s.kind() == State.Kind.DATA) {
            report.accept(new Failure(f.name(), node, "a state that functions may change", "DATA"));
          } else if (v < 0 || v >= types.size() || !types.get(v).equals(s.type())) {
            report.accept(
                new Failure(
                    f.name(),
                    node,
                    "a value of type " + s.type(),
                    v < 0 || v >= types.size() ? "no such value" : types.get(v).toString()));
          }
        });
  }

  /** State is replaced by new values only: two states that swap need copies. */
  private static void updatesAreComputed(
      Map<String, State> states, ProgramFunction f, Consumer<Failure> report) {
    boolean[] read = new boolean[f.types().size()];
    for (Instruction i : f.body()) {
      read[i.first()] =
          i.op() instanceof Layout.Read
              || i.op() instanceof Layout.Reshape && read[i.inputs().getFirst()];
    }
    f.updates()
        .forEach((name, v) -> {
          if (read[v]) {
            String node = "update " + name + " = %" + v;
            report.accept(
                new Failure(f.name(), node, "a computed value (copy it first)", "a read"));
          }
        });
  }

  private static void outputsExist(
      Map<String, State> states, ProgramFunction f, Consumer<Failure> report) {
    int values = f.types().size();
    f.outputs()
        .forEach((name, v) -> {
          if (v < 0 || v >= values) {
            report.accept(
                new Failure(f.name(), "output " + name, "a value below %" + values, "%" + v));
          }
        });
  }

  private static Failure failure(ProgramFunction f, Instruction i, String expected, String got) {
    return new Failure(f.name(), ProgramText.print(i), expected, got);
  }
}
