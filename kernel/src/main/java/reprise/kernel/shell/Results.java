package reprise.kernel.shell;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.VarSnippet;

/**
 * The values of expressions, {@code $1}, {@code $2} and so on. JShell keeps them all, and compiles
 * every snippet against them all: the thousandth cell would take several times as long as the
 * first, and no large result would ever be freed. So only the last ones are kept, and those that
 * other code names.
 */
final class Results {
  /** How many stay. */
  static final int KEPT = 20;

  private static final Pattern NAME = Pattern.compile("\\$\\d+");

  private final JShell jshell;
  private final CellControl control;
  private final Deque<Result> last = new ArrayDeque<>();
  private final Set<String> named = new HashSet<>();

  private record Result(VarSnippet variable, String className) {}

  Results(JShell jshell, CellControl control) {
    this.jshell = jshell;
    this.control = control;
  }

  /** A statement is about to be compiled: results that it names stay for good. */
  void reading(String source) {
    if (source.indexOf('$') >= 0) {
      NAME.matcher(source).results().forEach(name -> named.add(name.group()));
    }
  }

  /** A statement has run. */
  void add(Snippet snippet) {
    if (snippet.subKind() == Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND
        && snippet instanceof VarSnippet variable) {
      last.add(new Result(variable, control.lastClass()));
    }
  }

  /** A cell has ended: lets the oldest results go. */
  void trim() {
    while (last.size() > KEPT) {
      var oldest = last.remove();
      if (!named.contains(oldest.variable().name())) {
        jshell.drop(oldest.variable());
        control.forget(oldest.className(), oldest.variable().name());
      }
    }
  }
}
