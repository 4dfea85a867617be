package reprise.kernel.shell;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import jdk.jshell.SourceCodeAnalysis.SnippetWrapper;
import reprise.kernel.shell.Origins.Origin;

/**
 * Which lines of a class are which lines of a cell: JShell compiles every snippet inside a class of
 * its own, with imports above.
 *
 * @param className of the class around the snippet; classes declared in it are its members
 * @param cell where it was written
 * @param lines the cell's line, from 1, for those lines of the class that the user wrote
 */
public record CellLines(String className, Cell cell, NavigableMap<Integer, Integer> lines) {
  static CellLines of(SnippetWrapper wrapper, Origin origin) {
    var lines = new TreeMap<Integer, Integer>();
    var source = wrapper.source();
    var wrapped = wrapper.wrapped();
    int line = 1;
    for (int i = 0; i < source.length(); i++) {
      if (source.charAt(i) == '\n') {
        line++;
      } else if (!Character.isWhitespace(source.charAt(i))) {
        int at = wrapper.sourceToWrappedPosition(i);
        if (at >= 0 && at < wrapped.length() && wrapped.charAt(at) == source.charAt(i)) {
          lines.merge(1 + newlines(wrapped, at), origin.line(line), Math::min);
        }
      }
    }
    // "return $1 =" stands on the line above the expression, and is where javac has its code begin
    for (int mapped : List.copyOf(lines.keySet())) {
      lines.putIfAbsent(mapped - 1, lines.get(mapped));
    }
    return new CellLines(wrapper.fullClassName(), origin.cell(), lines);
  }

  private static int newlines(String text, int end) {
    return (int) text.substring(0, end).chars().filter(c -> c == '\n').count();
  }

  /** The lines of the class that hold a line of the cell. */
  public List<Integer> inClass(int cellLine) {
    return lines.entrySet().stream()
        .filter(e -> e.getValue() == cellLine)
        .map(Map.Entry::getKey)
        .toList();
  }
}
