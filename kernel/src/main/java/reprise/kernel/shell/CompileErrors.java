package reprise.kernel.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import jdk.jshell.Diag;
import reprise.kernel.shell.Cell.Position;
import reprise.kernel.shell.Origins.Origin;

/** Says where in the cell the compiler stumbled, with the line and a caret under it. */
final class CompileErrors {
  private static final String NAME = "CompileError";

  private CompileErrors() {}

  /** The errors of one snippet. */
  static Failure of(Origin origin, List<Diag> diagnostics) {
    var errors = diagnostics.stream().filter(Diag::isError).toList();
    if (errors.isEmpty()) {
      return at(origin, 0, 0, "this cannot be compiled");
    }
    var first = errors.getFirst();
    var lines = new ArrayList<String>();
    for (var error : errors) {
      long from = error.getStartPosition();
      lines.addAll(show(origin, from, Math.max(from, error.getEndPosition()), message(error)));
    }
    var place = origin.position(caret(origin, first.getStartPosition()));
    return Failure.of(NAME, place(origin.cell(), place) + ": " + oneLine(message(first)), lines);
  }

  /** An error of our own at a place of a snippet. */
  static Failure at(Origin origin, long from, long to, String message) {
    var place = origin.position(caret(origin, from));
    return Failure.of(
        NAME, place(origin.cell(), place) + ": " + message, show(origin, from, to, message));
  }

  /** A failure of another kind at the begin of a snippet. */
  static Failure named(String name, Origin origin, String message) {
    var place = origin.position(0);
    return Failure.of(
        name, place(origin.cell(), place) + ": " + message, show(origin, 0, 0, message));
  }

  /** Names that nothing has declared by the end of the cell. */
  static Failure unresolved(Origin origin, String what, List<String> missing) {
    var names = missing.stream().collect(Collectors.joining(", "));
    var place = origin.position(0);
    int at = missing.isEmpty() ? -1 : find(origin, simpleName(missing.getFirst()));
    var message =
        missing.isEmpty()
            // JShell keeps what javac said after the names were found to itself
            ? what
                + " is too large for a class of the JVM, which holds 64 KB of code a method; read"
                + " the data from a file, or declare it in parts"
            : "cannot find " + names + "; " + what + " works as soon as that is declared";
    return at < 0
        ? Failure.of(
            NAME, place(origin.cell(), place) + ": " + message, show(origin, 0, 0, message))
        : at(origin, at, at + simpleName(missing.getFirst()).length(), message);
  }

  private static List<String> show(Origin origin, long from, long to, String message) {
    var place = origin.position(caret(origin, from));
    var line = origin.cell().line(place.line());
    int width = Math.clamp(to - from, 1, Math.max(1, line.length() - place.column() + 1));
    var lines = new ArrayList<String>();
    lines.add(
        Ansi.red("error")
            + ": "
            + Ansi.bold(message.lines().findFirst().orElse(""))
            + " ("
            + place(origin.cell(), place)
            + ")");
    lines.add("    " + line.replace('\t', ' '));
    lines.add("    " + " ".repeat(place.column() - 1) + Ansi.red("^".repeat(width)));
    message.lines().skip(1).forEach(more -> lines.add("  " + more));
    return lines;
  }

  static String place(Cell cell, Position at) {
    return cell.name() + ", line " + at.line() + ", column " + at.column();
  }

  /** A missing semicolon is reported behind the last line; the caret goes to the code before. */
  private static long caret(Origin origin, long position) {
    var text = origin.cell().text();
    int at = Math.clamp(origin.offset() + position, 0, text.length());
    if (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
      return (long) at - origin.offset();
    }
    while (at > origin.offset() && Character.isWhitespace(text.charAt(at - 1))) {
      at--;
    }
    return Math.max(0L, (long) at - origin.offset());
  }

  private static String message(Diag error) {
    return error.getMessage(Locale.ENGLISH).strip();
  }

  private static String oneLine(String message) {
    return message.lines().map(String::strip).collect(Collectors.joining("; "));
  }

  private static int find(Origin origin, String name) {
    var text = origin.cell().text();
    var matcher =
        java.util.regex.Pattern.compile("\\b" + java.util.regex.Pattern.quote(name) + "\\b")
            .matcher(text);
    return Optional.of(matcher)
        .filter(m -> m.find(Math.min(origin.offset(), text.length())))
        .map(m -> m.start() - origin.offset())
        .orElse(-1);
  }

  /** JShell says "class Foo", "variable x" or "method f(int)". */
  private static String simpleName(String missing) {
    var name = missing.substring(missing.lastIndexOf(' ') + 1);
    return name.contains("(") ? name.substring(0, name.indexOf('(')) : name;
  }
}
