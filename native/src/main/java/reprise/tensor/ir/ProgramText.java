package reprise.tensor.ir;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Programs as readable text, and back: {@code parse(print(p)).equals(p)}. */
public final class ProgramText {
  private static final Pattern NODE =
      Pattern.compile("(%[%\\d, ]+) = (\\w+)(?:\\(([%\\d, ]*)\\))?(?: \\{(.*)\\})? : (.+)");

  private ProgramText() {}

  /** Prints a program, one node a line. */
  public static String print(Program p) {
    StringBuilder out = new StringBuilder("program " + p.name() + " {\n");
    for (State s : p.states().values()) {
      out.append("  state ").append(s.name()).append(" ").append(s.type());
      out.append(" ").append(s.kind()).append("\n");
    }
    for (ProgramFunction f : p.functions().values()) {
      out.append("  function ").append(f.name()).append(" {\n");
      f.body().forEach(i -> out.append("    ").append(print(i)).append("\n"));
      f.updates().forEach((n, v) -> out.append("    update " + n + " = %" + v + "\n"));
      f.outputs().forEach((n, v) -> out.append("    output " + n + " = %" + v + "\n"));
      out.append("  }\n");
    }
    return out.append("}\n").toString();
  }

  /** Prints one node. */
  public static String print(Instruction i) {
    String results =
        IntStream.range(i.first(), i.end())
            .mapToObj(v -> "%" + v)
            .collect(Collectors.joining(", "));
    String inputs =
        i.inputs().isEmpty()
            ? ""
            : i.inputs().stream().map(v -> "%" + v).collect(Collectors.joining(", ", "(", ")"));
    String types = i.types().stream().map(TensorType::toString).collect(Collectors.joining(", "));
    return results
        + " = "
        + i.op().mnemonic()
        + inputs
        + OpCodec.attributes(i.op())
        + " : "
        + types;
  }

  /**
   * Reads what {@link #print(Program)} wrote.
   *
   * @throws IllegalArgumentException naming the line that cannot be read
   */
  public static Program parse(String text) {
    String name = null;
    Map<String, State> states = new LinkedHashMap<>();
    Map<String, ProgramFunction> functions = new LinkedHashMap<>();
    String function = null;
    List<Instruction> body = new ArrayList<>();
    Map<String, Integer> updates = new LinkedHashMap<>();
    Map<String, Integer> outputs = new LinkedHashMap<>();
    int number = 0;
    for (String raw : text.split("\n")) {
      number++;
      String line = raw.strip();
      String[] words = line.split("\\s+");
      try {
        switch (words[0]) {
          case "" -> {}
          case "program" -> name = words[1];
          case "state" ->
              states.put(
                  words[1],
                  new State(words[1], TensorType.parse(words[2]), State.Kind.valueOf(words[3])));
          case "function" -> function = words[1];
          case "update" -> updates.put(words[1], value(words[3]));
          case "output" -> outputs.put(words[1], value(words[3]));
          case "}" -> {
            if (function != null) {
              functions.put(function, new ProgramFunction(function, body, updates, outputs));
              function = null;
              body = new ArrayList<>();
              updates = new LinkedHashMap<>();
              outputs = new LinkedHashMap<>();
            }
          }
          default -> body.add(node(line));
        }
      } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
        throw new IllegalArgumentException(
            "line " + number + " '" + line + "': " + e.getMessage(), e);
      }
    }
    if (name == null) {
      throw new IllegalArgumentException("no line 'program <name> {' in the text");
    }
    return new Program(name, states, functions);
  }

  private static Instruction node(String line) {
    Matcher m = NODE.matcher(line);
    if (!m.matches()) {
      throw new IllegalArgumentException(
          "expected '%results = operation(%operands) {attributes} : types'");
    }
    Map<String, String> attributes = new LinkedHashMap<>();
    if (m.group(4) != null) {
      for (String part : split(m.group(4))) {
        int eq = part.indexOf('=');
        if (eq < 0) {
          throw new IllegalArgumentException("expected name=value, got '" + part + "'");
        }
        attributes.put(part.substring(0, eq).strip(), part.substring(eq + 1).strip());
      }
    }
    List<Integer> inputs = new ArrayList<>();
    if (m.group(3) != null) {
      split(m.group(3)).forEach(v -> inputs.add(value(v)));
    }
    List<TensorType> types = split(m.group(5)).stream().map(TensorType::parse).toList();
    int first = value(m.group(1).split(",")[0]);
    return new Instruction(OpCodec.decode(m.group(2), attributes), inputs, first, types);
  }

  private static int value(String text) {
    if (!text.startsWith("%")) {
      throw new IllegalArgumentException("expected a value such as %3, got '" + text + "'");
    }
    return Integer.parseInt(text.substring(1));
  }

  /** Splits at commas outside brackets. */
  private static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      char c = i < text.length() ? text.charAt(i) : ',';
      if (c == '[') {
        depth++;
      } else if (c == ']') {
        depth--;
      } else if (c == ',' && depth == 0 || i == text.length()) {
        String part = text.substring(start, i).strip();
        if (!part.isEmpty()) {
          parts.add(part);
        }
        start = i + 1;
      }
    }
    return parts;
  }
}
