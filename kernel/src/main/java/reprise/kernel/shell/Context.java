package reprise.kernel.shell;

import java.util.ArrayList;
import jdk.jshell.SourceCodeAnalysis;

/**
 * The code JShell is asked about: it knows one statement only, so what stands before the cursor's
 * statement in the same cell is put into a block around it. Names declared there are known then,
 * although the cell has not run.
 */
record Context(String code, int cursor) {
  static Context before(SourceCodeAnalysis analysis, String code, int cursor) {
    var statements = new ArrayList<String>();
    var rest = code.substring(0, cursor);
    while (true) {
      var info = analysis.analyzeCompletion(rest);
      var remaining = info.remaining();
      if (!info.completeness().isComplete() || remaining == null || remaining.isBlank()) {
        break;
      }
      var source = info.source().strip();
      if (!source.startsWith("import ") && !source.startsWith("%")) {
        statements.add(source);
      }
      rest = remaining;
    }
    var tail = rest.stripLeading();
    if (statements.isEmpty() || tail.startsWith("import ")) {
      return new Context(tail, tail.length());
    }
    var block = "{ " + String.join("\n", statements) + "\n" + tail;
    return new Context(block, block.length());
  }
}
