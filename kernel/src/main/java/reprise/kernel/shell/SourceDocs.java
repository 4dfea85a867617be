package reprise.kernel.shell;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.tools.DiagnosticListener;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Signatures and Javadoc of types and their members, from source, which is parsed once. */
final class SourceDocs {
  private static final int KEPT = 40;

  private final Sources sources;
  private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
  private final JavaFileManager files = withoutPlugins(compiler);
  private final Map<String, List<Entry>> parsed = new LinkedHashMap<>(KEPT, 0.75f, true);

  /**
   * A type or a member.
   *
   * @param owner the canonical name of the type it is a member of; of a type its own
   * @param name the simple name; of a constructor that of its type
   * @param kind what it is
   * @param parameters the types of its parameters as written, for telling overloads apart
   * @param signature as a reader wants it, without modifiers
   * @param comment the Javadoc comment, empty where there is none
   */
  record Entry(
      String owner,
      String name,
      Kind kind,
      List<String> parameters,
      String signature,
      String comment) {}

  enum Kind {
    TYPE,
    METHOD,
    CONSTRUCTOR,
    FIELD
  }

  SourceDocs(Sources sources) {
    this.sources = sources;
  }

  /** What the source of the type says of it and its members; empty where there is no source. */
  synchronized List<Entry> of(Class<?> type) {
    var top = type;
    while (top.getEnclosingClass() != null) {
      top = top.getEnclosingClass();
    }
    var key = top.getName();
    var entries = parsed.get(key);
    if (entries == null) {
      entries = sources.of(top).map(this::parse).orElse(List.of());
      parsed.put(key, entries);
      if (parsed.size() > KEPT) {
        parsed.remove(parsed.keySet().iterator().next());
      }
    }
    var name = type.getCanonicalName();
    return entries.stream().filter(entry -> entry.owner().equals(name)).toList();
  }

  private static JavaFileManager withoutPlugins(JavaCompiler compiler) {
    return new ForwardingJavaFileManager<StandardJavaFileManager>(
        compiler.getStandardFileManager(null, null, null)) {
      @Override
      public ClassLoader getClassLoader(Location location) {
        return ClassLoader.getPlatformClassLoader();
      }
    };
  }

  private List<Entry> parse(String source) {
    var file =
        new SimpleJavaFileObject(URI.create("string:///Source.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    DiagnosticListener<JavaFileObject> silent = diagnostic -> {};
    var task =
        (JavacTask)
            compiler.getTask(null, files, silent, List.of("-proc:none"), null, List.of(file));
    var entries = new ArrayList<Entry>();
    try {
      var trees = DocTrees.instance(task);
      for (var unit : task.parse()) {
        var prefix = Optional.ofNullable(unit.getPackageName()).map(p -> p + ".").orElse("");
        new Reader(trees, prefix, entries).scan(unit, null);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return entries;
  }

  /** Walks types and members, never into bodies. */
  private static final class Reader extends TreePathScanner<Void, Void> {
    private final DocTrees trees;
    private final List<Entry> entries;
    private String owner;
    private String simple = "";
    private boolean top = true;

    Reader(DocTrees trees, String prefix, List<Entry> entries) {
      this.trees = trees;
      this.owner = prefix;
      this.entries = entries;
    }

    private String comment() {
      var comment = trees.getDocComment(getCurrentPath());
      return comment == null ? "" : comment.strip();
    }

    private static String joined(List<?> all, String before, String after) {
      return all.isEmpty()
          ? ""
          : all.stream().map(Object::toString).collect(Collectors.joining(", ", before, after));
    }

    @Override
    public Void visitClass(ClassTree type, Void p) {
      var outerOwner = owner;
      var outerSimple = simple;
      var outerTop = top;
      simple = type.getSimpleName().toString();
      owner = top ? owner + simple : owner + "." + simple;
      top = false;
      var kind =
          switch (type.getKind()) {
            case INTERFACE -> "interface ";
            case ENUM -> "enum ";
            case RECORD -> "record ";
            case ANNOTATION_TYPE -> "@interface ";
            default -> "class ";
          };
      entries.add(
          new Entry(
              owner,
              simple,
              Kind.TYPE,
              List.of(),
              kind
                  + owner
                  + joined(type.getTypeParameters(), "<", ">")
                  + (type.getExtendsClause() == null ? "" : " extends " + type.getExtendsClause())
                  + joined(
                      type.getImplementsClause(),
                      kind.equals("interface ") ? " extends " : " implements ",
                      ""),
              comment()));
      type.getMembers().forEach(member -> scan(member, p));
      owner = outerOwner;
      simple = outerSimple;
      top = outerTop;
      return null;
    }

    @Override
    public Void visitMethod(MethodTree method, Void p) {
      boolean constructor = method.getReturnType() == null;
      var name = constructor ? simple : method.getName().toString();
      var parameters = method.getParameters();
      entries.add(
          new Entry(
              owner,
              name,
              constructor ? Kind.CONSTRUCTOR : Kind.METHOD,
              parameters.stream().map(v -> v.getType().toString()).toList(),
              (method.getTypeParameters().isEmpty()
                      ? ""
                      : joined(method.getTypeParameters(), "<", "> "))
                  + (constructor ? "new " : method.getReturnType() + " " + simple + ".")
                  + name
                  + "("
                  + parameters.stream().map(Reader::parameter).collect(Collectors.joining(", "))
                  + ")"
                  + joined(method.getThrows(), " throws ", ""),
              comment()));
      return null;
    }

    private static String parameter(VariableTree variable) {
      var text = variable.toString();
      boolean open = text.contains("...");
      var type = variable.getType().toString();
      return (open && type.endsWith("[]") ? type.substring(0, type.length() - 2) + "..." : type)
          + " "
          + variable.getName();
    }

    @Override
    public Void visitVariable(VariableTree field, Void p) {
      entries.add(
          new Entry(
              owner,
              field.getName().toString(),
              Kind.FIELD,
              List.of(),
              (field.getType() == null ? "" : field.getType() + " ")
                  + simple
                  + "."
                  + field.getName(),
              comment()));
      return null;
    }
  }
}
