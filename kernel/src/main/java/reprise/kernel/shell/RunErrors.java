package reprise.kernel.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.UnresolvedReferenceException;

/** Says what was thrown and through which lines of which cells; library frames are left out. */
final class RunErrors {
  private static final int FRAMES = 30;

  private final Origins origins;

  RunErrors(Origins origins) {
    this.origins = origins;
  }

  Failure of(JShell shell, JShellException exception, Optional<Throwable> thrown) {
    if (exception instanceof UnresolvedReferenceException missing) {
      var names =
          shell.unresolvedDependencies(missing.getSnippet()).collect(Collectors.joining(", "));
      var what = "needs something that is not declared: " + names;
      var lines = new ArrayList<String>();
      lines.add(Ansi.red("error") + ": " + Ansi.bold("the code called " + what));
      lines.addAll(frames(missing.getStackTrace()));
      return new Failure("UnresolvedReference", "the code called " + what, lines, thrown);
    }
    if (!(exception instanceof EvalException eval)) {
      var text = String.valueOf(exception.getMessage());
      return new Failure(exception.getClass().getName(), text, List.of(Ansi.red(text)), thrown);
    }
    var lines = new ArrayList<String>();
    Throwable at = eval;
    for (int depth = 0; at != null && depth < 10; depth++, at = at.getCause()) {
      var prefix = depth == 0 ? "" : "Caused by: ";
      var name = at instanceof EvalException e ? e.getExceptionClassName() : "unresolved reference";
      var message = at.getMessage();
      lines.add(prefix + Ansi.red(name) + (message == null ? "" : ": " + message));
      lines.addAll(frames(at.getStackTrace()));
    }
    return new Failure(
        eval.getExceptionClassName(),
        String.valueOf(Optional.ofNullable(eval.getMessage()).orElse("")),
        lines,
        thrown);
  }

  /** What a magic or a renderer threw: there are no frames of cells to show. */
  static Failure outside(Throwable thrown) {
    var message = String.valueOf(thrown.getMessage());
    if (thrown instanceof Magic.MagicError) {
      return new Failure(
          "MagicError",
          message,
          List.of(Ansi.red("MagicError") + ": " + message),
          Optional.of(thrown));
    }
    if (thrown instanceof InCell.EvalFailure) {
      return new Failure(
          "EvalFailure",
          message.lines().findFirst().orElse(""),
          message.lines().toList(),
          Optional.of(thrown));
    }
    var lines = new ArrayList<String>();
    lines.add(Ansi.red(thrown.getClass().getName()) + ": " + message);
    for (var frame : thrown.getStackTrace()) {
      if (lines.size() == 9) {
        break;
      }
      lines.add("    at " + frame);
    }
    return new Failure(thrown.getClass().getName(), message, lines, Optional.of(thrown));
  }

  private List<String> frames(StackTraceElement[] frames) {
    var lines = new ArrayList<String>();
    if (frames.length > 0 && !isUsers(frames[0])) {
      lines.add(Ansi.dim("    thrown in " + frames[0].getClassName() + "." + method(frames[0])));
    }
    String before = "";
    int repeats = 0;
    int shown = 0;
    int hidden = 0;
    for (var frame : frames) {
      if (!isUsers(frame)) {
        continue;
      }
      var line = line(frame);
      if (line.equals(before)) {
        repeats++;
        continue;
      }
      if (shown == FRAMES) {
        hidden++;
        continue;
      }
      repeated(lines, repeats);
      repeats = 0;
      lines.add(line);
      before = line;
      shown++;
    }
    repeated(lines, repeats);
    if (hidden > 0) {
      lines.add(Ansi.dim("    ... " + hidden + " more"));
    }
    return lines;
  }

  private static void repeated(List<String> lines, int repeats) {
    if (repeats > 0) {
      lines.add(Ansi.dim("    ... the same " + repeats + " times more"));
    }
  }

  private String line(StackTraceElement frame) {
    var origin = origins.of(frame.getFileName().substring(1));
    var who = who(frame);
    if (origin.isEmpty()) {
      return "    at " + (who.isEmpty() ? "start-up code" : who + " (start-up code)");
    }
    int number = origin.get().line(frame.getLineNumber());
    var place = origin.get().cell().name() + ", line " + number;
    var source = origin.get().cell().line(number).strip();
    return "    at "
        + Ansi.blue(who.isEmpty() ? place : who + " (" + place + ")")
        + Ansi.dim("    " + source);
  }

  private static boolean isUsers(StackTraceElement frame) {
    return frame.getFileName() != null && frame.getFileName().startsWith("#");
  }

  private static String who(StackTraceElement frame) {
    var type = frame.getClassName();
    var method = method(frame);
    if (method.startsWith("lambda")) {
      return "lambda";
    }
    if (method.equals("new")) {
      return "new " + type;
    }
    return type.isEmpty() || method.isEmpty() ? method : type + "." + method;
  }

  private static String method(StackTraceElement frame) {
    return switch (frame.getMethodName()) {
      case "<init>" -> "new";
      case "<clinit>" -> "static";
      case String name when name.startsWith("do_it$") -> "";
      case String name -> name;
    };
  }
}
