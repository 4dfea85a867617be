package reprise.kernel.shell;

import java.util.HashMap;
import java.util.Map;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import reprise.kernel.shell.Origins.Origin;

/** Tells a listener of classes and runs; without one it costs nothing. */
final class Tracing {
  private final JShell jshell;
  private final Map<String, Origin> origins = new HashMap<>();
  private final Map<String, CellLines> byClass = new HashMap<>();
  private volatile RunListener listener;
  private Origin current;

  Tracing(JShell jshell) {
    this.jshell = jshell;
  }

  void listen(RunListener next) {
    listener = next;
  }

  /** The statement that is compiled next. */
  void at(Origin origin) {
    current = origin;
  }

  /** Looks for new classes: of the statement, and of snippets that it made JShell compile again. */
  void look() {
    var told = listener;
    if (told == null || current == null) {
      return;
    }
    jshell
        .snippets()
        .filter(snippet -> snippet.kind() != Snippet.Kind.IMPORT)
        .filter(snippet -> jshell.status(snippet).isDefined())
        .forEach(snippet -> {
          var wrapper = jshell.sourceCodeAnalysis().wrapper(snippet);
          if (!byClass.containsKey(wrapper.fullClassName())) {
            var origin = origins.computeIfAbsent(snippet.id(), id -> current);
            var lines = CellLines.of(wrapper, origin);
            byClass.put(lines.className(), lines);
            told.loaded(lines);
          }
        });
  }

  /** A class is about to run. */
  void beforeRun(String className) {
    look();
    var told = listener;
    var lines = byClass.get(className);
    if (told != null && lines != null) {
      told.beforeRun(lines);
    }
  }
}
