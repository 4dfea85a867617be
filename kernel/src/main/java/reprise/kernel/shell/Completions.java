package reprise.kernel.shell;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import jdk.jshell.JShell;
import jdk.jshell.SourceCodeAnalysis;

/**
 * What can stand at the cursor, in the place of the text from start to end.
 *
 * @param items those that fit the expected type first
 */
public record Completions(int start, int end, List<Item> items) {
  private static final int MANY = 500;

  /**
   * One of them.
   *
   * @param kind "method", "class", "instance", "keyword" or "magic", as front ends mark them
   */
  public record Item(String text, String kind) {}

  public Completions {
    items = List.copyOf(items);
  }

  static Completions of(Shell shell, JShell jshell, String code, int cursor) {
    int at = Math.clamp(cursor, 0, code.length());
    int lineStart = code.lastIndexOf('\n', at - 1) + 1;
    var line = code.substring(lineStart, at);
    if (line.matches("\\s*%{1,2}\\w*")) {
      return magics(shell, line, at);
    }
    var context = Context.before(jshell.sourceCodeAnalysis(), code, at);
    int[] anchor = {context.cursor()};
    var suggestions =
        jshell.sourceCodeAnalysis().completionSuggestions(context.code(), context.cursor(), anchor);
    var found = new LinkedHashMap<String, Boolean>();
    for (var suggestion : suggestions) {
      found.merge(suggestion.continuation(), suggestion.matchesType(), Boolean::logicalOr);
    }
    int start = at - (context.cursor() - anchor[0]);
    var items = new ArrayList<Item>();
    for (boolean fits : new boolean[] {true, false}) {
      found.forEach((text, matches) -> {
        if (matches == fits && !text.startsWith("$start") && items.size() < MANY) {
          items.add(new Item(text, kind(text)));
        }
      });
    }
    if (items.isEmpty()) {
      return imports(jshell.sourceCodeAnalysis(), context, at);
    }
    return new Completions(start, at, items);
  }

  /** A simple name that nothing imports: its full names are what can stand there. */
  private static Completions imports(SourceCodeAnalysis analysis, Context context, int at) {
    var names = analysis.listQualifiedNames(context.code(), context.cursor());
    int start = at - names.getSimpleNameLength();
    return names.isResolvable() || names.getSimpleNameLength() < 0
        ? new Completions(at, at, List.of())
        : new Completions(
            start, at, names.getNames().stream().map(n -> new Item(n, "class")).toList());
  }

  private static Completions magics(Shell shell, String line, int at) {
    int start = line.indexOf('%');
    var percent = line.substring(start).startsWith("%%") ? "%%" : "%";
    var prefix = line.substring(start + percent.length());
    var items =
        shell.magics().names().stream()
            .filter(name -> name.startsWith(prefix))
            .map(name -> new Item(percent + name, "magic"))
            .toList();
    return new Completions(at - (line.length() - start), at, items);
  }

  private static String kind(String text) {
    if (text.endsWith("(") || text.endsWith(")")) {
      return "method";
    }
    if (text.endsWith(".")) {
      return "module";
    }
    return !text.isEmpty()
            && Character.isUpperCase(text.charAt(0))
            && !text.equals(text.toUpperCase(java.util.Locale.ROOT))
        ? "class"
        : "instance";
  }
}
