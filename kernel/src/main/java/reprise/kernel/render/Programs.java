package reprise.kernel.render;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import reprise.tensor.ir.Program;
import reprise.tensor.ir.ProgramFunction;
import reprise.tensor.ir.ProgramText;
import reprise.tensor.ir.State;

/** A tensor program: what it holds, and what each of its functions computes, node by node. */
final class Programs {
  private static final int NODES = 400;

  private Programs() {}

  static String text(Program program) {
    StringBuilder out = new StringBuilder(summary(program)).append('\n');
    for (ProgramFunction function : program.functions().values()) {
      out.append(head(function)).append('\n');
    }
    return out.append(bounded(program.toString())).toString().stripTrailing();
  }

  static String html(Program program) {
    StringBuilder out = new StringBuilder("<p><b>program</b> ").append(Html.escape(program.name()));
    out.append(Html.of("div", "m", summary(program))).append("</p>");
    String states =
        program.states().values().stream()
            .map(state -> state.name() + "  " + state.type() + "  " + state.kind())
            .collect(Collectors.joining("\n"));
    out.append(Html.folded(program.states().size() + " state tensors", Html.of("pre", states)));
    for (ProgramFunction function : program.functions().values()) {
      String body =
          function.body().stream().map(ProgramText::print).collect(Collectors.joining("\n"))
              + function.updates().entrySet().stream()
                  .map(e -> "\nupdate " + e.getKey() + " = %" + e.getValue())
                  .collect(Collectors.joining())
              + function.outputs().entrySet().stream()
                  .map(e -> "\noutput " + e.getKey() + " = %" + e.getValue())
                  .collect(Collectors.joining());
      out.append(Html.folded(head(function), Html.of("pre", bounded(body))));
    }
    return out.toString();
  }

  private static String summary(Program program) {
    long updated =
        program.states().values().stream().filter(s -> s.kind() == State.Kind.PARAMETER).count();
    return program.parameters() + " parameters in " + updated + " tensors, " + program.memory();
  }

  private static String head(ProgramFunction function) {
    Map<String, Integer> counts = new TreeMap<>();
    function.body().forEach(node -> counts.merge(node.op().mnemonic(), 1, Integer::sum));
    String most =
        counts.entrySet().stream()
            .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
            .limit(5)
            .map(e -> e.getValue() + " " + e.getKey())
            .collect(Collectors.joining(", "));
    return function.name() + ": " + function.body().size() + " nodes (" + most + ")";
  }

  private static String bounded(String text) {
    long lines = text.lines().count();
    return lines <= NODES
        ? text
        : text.lines().limit(NODES).collect(Collectors.joining("\n"))
            + "\n... "
            + (lines - NODES)
            + " more lines; toString() has them all";
  }
}
