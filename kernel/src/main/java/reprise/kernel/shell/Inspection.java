package reprise.kernel.shell;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jdk.jshell.JShell;
import reprise.kernel.display.MimeBundle;
import reprise.kernel.shell.SourceDocs.Entry;
import reprise.kernel.shell.SourceDocs.Kind;

/**
 * Signatures and Javadoc of the name the cursor is in, or of the call it stands in. Types and their
 * members come from their source, which is read once; JShell, which parses it again for every
 * question, is asked about what cells have declared.
 */
final class Inspection {
  private static final int OVERLOADS = 8;

  private final JShell jshell;
  private final ClassLoader loader;
  private final String imports;
  private final SourceDocs docs = new SourceDocs(new Sources());

  /**
   * @param imports those of the start-up
   */
  Inspection(JShell jshell, ClassLoader loader, String imports) {
    this.jshell = jshell;
    this.loader = loader;
    this.imports = imports;
  }

  Optional<MimeBundle> of(String code, int cursor) {
    int at = Math.clamp(cursor, 0, code.length());
    int end = at;
    while (end < code.length() && Character.isJavaIdentifierPart(code.charAt(end))) {
      end++;
    }
    var primary = Primary.endingAt(code, end);
    boolean inName =
        !primary.name().isEmpty() && Character.isJavaIdentifierStart(primary.name().charAt(0));
    if (!inName) {
      int open = Primary.openCall(code, at);
      return open < 0
          ? declared(code, at)
          : known(code, Primary.endingAt(code, code.substring(0, open).stripTrailing().length()))
              .or(() -> declared(code, at));
    }
    int last = end;
    return known(code, primary).or(() -> inCells(code, last));
  }

  private Optional<MimeBundle> inCells(String code, int end) {
    boolean call = code.substring(end).stripLeading().startsWith("(");
    if (call) {
      var found = declared(code, code.indexOf('(', end) + 1);
      if (found.isPresent()) {
        return found;
      }
    }
    return declared(code, end).or(() -> declared(code.substring(0, end) + "(", end + 1));
  }

  /** What JShell knows. */
  private Optional<MimeBundle> declared(String code, int cursor) {
    var context = Context.before(jshell.sourceCodeAnalysis(), code, cursor);
    var found =
        jshell.sourceCodeAnalysis().documentation(context.code(), context.cursor(), false).stream()
            .filter(doc -> doc.signature() != null)
            .limit(OVERLOADS)
            .map(doc -> new Entry("", "", Kind.FIELD, List.of(), doc.signature(), ""))
            .toList();
    return found.isEmpty() ? Optional.empty() : Optional.of(bundle(found));
  }

  /** What has a class. */
  private Optional<MimeBundle> known(String code, Primary primary) {
    if (primary.qualifier().isEmpty() && isDeclared(primary.name())) {
      return Optional.empty();
    }
    var names = new TypeNames(loader, imports + imported() + code);
    var entries = new LinkedHashSet<Entry>();
    if (primary.qualifier().isEmpty()) {
      names.type(primary.name()).ifPresent(type -> addType(entries, type, primary.created()));
      if (entries.isEmpty()) {
        names.statics().forEach(type -> addMembers(entries, type, primary.name()));
      }
    } else {
      owner(code, names, primary)
          .ifPresent(type -> {
            addMembers(entries, type, primary.name());
            if (entries.isEmpty()) {
              names
                  .type(primary.qualifier() + "." + primary.name())
                  .ifPresent(inner -> addType(entries, inner, primary.created()));
            }
          });
      if (entries.isEmpty()) {
        names
            .type(primary.qualifier() + "." + primary.name())
            .ifPresent(type -> addType(entries, type, primary.created()));
      }
    }
    var shown = entries.stream().limit(OVERLOADS).toList();
    return shown.isEmpty() ? Optional.empty() : Optional.of(bundle(shown));
  }

  private boolean isDeclared(String name) {
    return jshell.variables().anyMatch(v -> v.name().equals(name))
        || jshell.methods().anyMatch(m -> m.name().equals(name))
        || jshell.types().anyMatch(t -> t.name().equals(name));
  }

  private String imported() {
    return jshell.imports().map(i -> i.source() + ";").collect(Collectors.joining());
  }

  /** The type of what stands before the dot. */
  private Optional<Class<?>> owner(String code, TypeNames names, Primary primary) {
    var qualifier = primary.qualifier();
    if (!isDeclared(qualifier) && qualifier.matches("[\\w$.]+")) {
      var type = names.type(qualifier);
      if (type.isPresent()) {
        return type;
      }
    }
    var context = Context.before(jshell.sourceCodeAnalysis(), code, primary.qualifierEnd());
    var type = jshell.sourceCodeAnalysis().analyzeType(context.code(), context.cursor());
    return type == null ? Optional.empty() : names.type(type.replaceAll("<.*", "").strip());
  }

  private void addType(Set<Entry> entries, Class<?> type, boolean created) {
    var found = docs.of(type);
    if (created) {
      found.stream().filter(e -> e.kind() == Kind.CONSTRUCTOR).forEach(entries::add);
    }
    if (entries.isEmpty()) {
      found.stream().filter(e -> e.kind() == Kind.TYPE).forEach(entries::add);
    }
    if (entries.isEmpty()) {
      entries.add(
          new Entry(
              type.getName(), type.getSimpleName(), Kind.TYPE, List.of(), type.toString(), ""));
    }
  }

  /** The members of a type by a name: its own first, then inherited ones that say more. */
  private void addMembers(Set<Entry> entries, Class<?> type, String name) {
    var seen = new HashSet<List<String>>();
    for (var owner : lineage(type)) {
      for (var entry : docs.of(owner)) {
        if (entry.kind() != Kind.TYPE
            && entry.kind() != Kind.CONSTRUCTOR
            && entry.name().equals(name)
            && seen.add(entry.parameters())) {
          entries.add(entry.comment().isEmpty() ? inherited(type, entry) : entry);
        }
      }
    }
    if (entries.isEmpty()) {
      reflect(entries, type, name);
    }
  }

  /** The comment of what the method overrides, under its own signature. */
  private Entry inherited(Class<?> type, Entry entry) {
    for (var owner : lineage(type)) {
      for (var other : docs.of(owner)) {
        if (other.kind() == entry.kind()
            && other.name().equals(entry.name())
            && other.parameters().size() == entry.parameters().size()
            && !other.comment().isEmpty()) {
          return new Entry(
              entry.owner(),
              entry.name(),
              entry.kind(),
              entry.parameters(),
              entry.signature(),
              other.comment());
        }
      }
    }
    return entry;
  }

  /** Without source the class still knows names and types. */
  private static void reflect(Set<Entry> entries, Class<?> type, String name) {
    for (var method : type.getMethods()) {
      if (method.getName().equals(name) && !method.isSynthetic()) {
        var parameters = new ArrayList<String>();
        for (var parameter : method.getParameters()) {
          parameters.add(parameter.getType().getSimpleName() + " " + parameter.getName());
        }
        entries.add(
            new Entry(
                type.getName(),
                name,
                Kind.METHOD,
                parameters,
                method.getReturnType().getSimpleName()
                    + " "
                    + method.getDeclaringClass().getSimpleName()
                    + "."
                    + name
                    + "("
                    + String.join(", ", parameters)
                    + ")",
                ""));
      }
    }
    for (var field : type.getFields()) {
      if (field.getName().equals(name) && !Modifier.isPrivate(field.getModifiers())) {
        var signature = field.getType().getSimpleName() + " " + type.getSimpleName() + "." + name;
        entries.add(new Entry(type.getName(), name, Kind.FIELD, List.of(), signature, ""));
      }
    }
  }

  /** The type, its superclasses and all their interfaces, nearest first. */
  private static Set<Class<?>> lineage(Class<?> type) {
    var all = new LinkedHashSet<Class<?>>();
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      all.add(c);
    }
    for (var c : List.copyOf(all)) {
      interfaces(c, all);
    }
    if (type.isInterface()) {
      all.add(Object.class);
    }
    return all;
  }

  private static void interfaces(Class<?> type, Set<Class<?>> all) {
    for (var i : type.getInterfaces()) {
      if (all.add(i)) {
        interfaces(i, all);
      }
    }
  }

  private static MimeBundle bundle(List<Entry> entries) {
    var plain =
        entries.stream()
            .map(entry -> entry.signature() + text(Javadoc.plain(entry.comment())))
            .collect(Collectors.joining("\n\n"));
    var html =
        entries.stream()
            .map(entry ->
                "<pre><b>"
                    + Javadoc.escape(entry.signature())
                    + "</b></pre>"
                    + Javadoc.html(entry.comment()))
            .collect(Collectors.joining("<hr>"));
    return MimeBundle.text(plain).html(html);
  }

  private static String text(String javadoc) {
    return javadoc.isBlank() ? "" : "\n" + javadoc;
  }
}
