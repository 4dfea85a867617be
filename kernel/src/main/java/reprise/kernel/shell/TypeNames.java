package reprise.kernel.shell;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What the names of types mean in a shell: its imports, and the loader that has the classes. */
final class TypeNames {
  private static final Pattern IMPORT =
      Pattern.compile("import\\s+(static\\s+)?([\\w.]+)(\\.\\*)?\\s*;");

  private final ClassLoader loader;
  private final Set<String> packages = new LinkedHashSet<>(List.of("java.lang"));
  private final Set<String> types = new LinkedHashSet<>();
  private final Set<String> statics = new LinkedHashSet<>();

  /**
   * @param loader sees what cells have declared
   * @param imports the text of import declarations, as many as there are
   */
  TypeNames(ClassLoader loader, String imports) {
    this.loader = loader;
    IMPORT
        .matcher(imports)
        .results()
        .forEach(found -> {
          var name = found.group(2);
          boolean all = found.group(3) != null;
          if (found.group(1) != null) {
            statics.add(all ? name : name.substring(0, Math.max(0, name.lastIndexOf('.'))));
          } else {
            (all ? packages : types).add(name);
          }
        });
  }

  /** The class a simple, nested or full name stands for. */
  Optional<Class<?>> type(String name) {
    int dot = name.indexOf('.');
    var first = dot < 0 ? name : name.substring(0, dot);
    if (first.isEmpty() || !Character.isJavaIdentifierStart(first.charAt(0))) {
      return Optional.empty();
    }
    var found = simple(first);
    while (found.isPresent() && dot >= 0) {
      int next = name.indexOf('.', dot + 1);
      var inner = name.substring(dot + 1, next < 0 ? name.length() : next);
      found = load(found.get().getName() + "$" + inner);
      dot = next;
    }
    return found.isPresent() || name.indexOf('.') < 0 ? found : full(name);
  }

  /** The classes whose static members need no qualifier. */
  List<Class<?>> statics() {
    return statics.stream()
        .map(this::full)
        .flatMap(Optional::stream)
        .<Class<?>>map(c -> c)
        .toList();
  }

  private Optional<Class<?>> simple(String name) {
    for (var type : types) {
      if (type.endsWith("." + name)) {
        return full(type);
      }
    }
    for (var folder : packages) {
      var found = load(folder + "." + name).or(() -> load(folder + "$" + name));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** {@code java.util.Map.Entry} is the class {@code java.util.Map$Entry}. */
  private Optional<Class<?>> full(String name) {
    var binary = name;
    while (true) {
      var found = load(binary);
      int dot = binary.lastIndexOf('.');
      if (found.isPresent() || dot < 0) {
        return found;
      }
      binary = binary.substring(0, dot) + "$" + binary.substring(dot + 1);
    }
  }

  private Optional<Class<?>> load(String name) {
    try {
      return Optional.of(Class.forName(name, false, loader));
    } catch (ClassNotFoundException | LinkageError e) {
      return Optional.empty();
    }
  }
}
