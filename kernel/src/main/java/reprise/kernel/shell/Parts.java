package reprise.kernel.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Splits a cell into Java and magics. */
final class Parts {
  private static final Pattern CELL =
      Pattern.compile("^\\s*%%(?<name>[A-Za-z]\\w*)(?<rest>[^\\n]*)(\\n|$)");
  private static final Pattern LINE = Pattern.compile("^\\s*%(?<name>[A-Za-z]\\w*)(?<rest>.*)$");
  private static final Pattern ASSIGN =
      Pattern.compile(
          "^(?<left>\\s*[\\w.<>\\[\\], ?]+=)\\s*%(?<name>[A-Za-z]\\w*)(?<rest>.*?);?\\s*$");

  private Parts() {}

  /** A part of a cell. */
  sealed interface Part {
    /**
     * Java.
     *
     * @param origin the cell it belongs to, whose text has magics where assignments call them
     */
    record Code(Origins.Origin origin, String text) implements Part {}

    /**
     * A magic.
     *
     * @param body the rest of the cell for {@code %%name}; null for {@code %name}
     */
    record Call(String name, String rest, String body, int offset) implements Part {}
  }

  /**
   * The parts in order.
   *
   * @param complete whether the Java before a magic ends with a whole statement: in the middle of
   *     one a line that begins with % is a remainder
   */
  static List<Part> of(Cell cell, Predicate<String> complete) {
    var head = CELL.matcher(cell.text());
    if (head.lookingAt()) {
      return List.of(
          new Part.Call(
              head.group("name"),
              head.group("rest").strip(),
              cell.text().substring(head.end()),
              head.start("name") - 2));
    }
    if (cell.text().indexOf('%') < 0) {
      return List.of(new Part.Code(new Origins.Origin(cell, 0), cell.text()));
    }
    var parts = new ArrayList<Part>();
    var code = new StringBuilder();
    int codeStart = 0;
    int at = 0;
    for (var line : cell.text().split("(?<=\\n)", -1)) {
      var content = line.stripTrailing();
      var magic = LINE.matcher(content);
      var assign = ASSIGN.matcher(content);
      if (magic.matches() && (code.isEmpty() || complete.test(code.toString()))) {
        add(parts, cell, code, codeStart);
        parts.add(
            new Part.Call(
                magic.group("name"), magic.group("rest").strip(), null, at + magic.start("name")));
        codeStart = at + line.length();
      } else if (assign.matches() && (code.isEmpty() || complete.test(code.toString()))) {
        add(parts, cell, code, codeStart);
        code.append(assignment(assign.group("left"), assign.group("name"), assign.group("rest")));
        codeStart = at;
        add(parts, cell, code, codeStart);
        codeStart = at + line.length();
      } else {
        code.append(line);
      }
      at += line.length();
    }
    add(parts, cell, code, codeStart);
    return parts;
  }

  private static void add(List<Part> parts, Cell cell, StringBuilder code, int start) {
    if (!code.toString().isBlank()) {
      parts.add(new Part.Code(new Origins.Origin(cell, start), code.toString()));
    }
    code.setLength(0);
  }

  private static String assignment(String left, String name, String rest) {
    var escaped = rest.strip().replace("\\", "\\\\").replace("\"", "\\\"");
    return left + " reprise.kernel.shell.InCell.magic(\"" + name + "\", \"" + escaped + "\");";
  }
}
