package reprise.kernel.debug;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Cells as the debugger's client knows them: files whose name is the hash of their code. None is
 * written; the client asks for the text.
 */
final class CellFiles {
  static final String SUFFIX = ".java";

  private final String prefix;
  private final Map<String, String> codeByPath = new LinkedHashMap<>();
  private final Map<String, NavigableSet<Integer>> linesByPath = new LinkedHashMap<>();

  CellFiles(String prefix) {
    this.prefix = prefix;
  }

  String prefix() {
    return prefix;
  }

  String path(String code) {
    return prefix + Murmur.hash(code) + SUFFIX;
  }

  /** Remembers a cell; its path. */
  synchronized String keep(String code) {
    var path = path(code);
    codeByPath.put(path, code);
    return path;
  }

  synchronized Optional<String> code(String path) {
    return Optional.ofNullable(codeByPath.get(path));
  }

  /** Replaces the lines of a file where runs stop. */
  synchronized void stopAt(String path, List<Integer> lines) {
    linesByPath.put(path, new TreeSet<>(lines));
  }

  synchronized List<Integer> stops(String path) {
    return new ArrayList<>(linesByPath.getOrDefault(path, new TreeSet<>()));
  }

  synchronized List<String> withStops() {
    return linesByPath.entrySet().stream()
        .filter(e -> !e.getValue().isEmpty())
        .map(Map.Entry::getKey)
        .toList();
  }

  synchronized void clearStops() {
    linesByPath.clear();
  }
}
