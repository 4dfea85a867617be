package reprise.kernel.shell;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.tools.JavaFileManager.Location;
import javax.tools.JavaFileObject;
import javax.tools.JavaFileObject.Kind;
import javax.tools.SimpleJavaFileObject;

/**
 * What the packages of {@code java.base} that every cell imports have in them, from a file that
 * {@code kernel install} writes beside the jars. The compiler's own way builds a file system of the
 * JDK's image and asks it for the attributes of each class, twice before the first cell: a quarter
 * of the time that opening a shell took. A file of another JDK is not used.
 */
public final class PlatformClasses {
  /** Beside the jars; the JDK, then a line for each package: its folder and classes, by tabs. */
  private static final String INDEX = "platform.txt";

  private static final String MODULE = "java.base";
  private static final String SYSTEM = "SYSTEM_MODULES[";
  private static final List<String> PACKAGES =
      List.of(
          "java.io",
          "java.lang",
          "java.math",
          "java.net",
          "java.nio.file",
          "java.util",
          "java.util.concurrent",
          "java.util.function",
          "java.util.regex",
          "java.util.stream");

  private final Map<String, List<JavaFileObject>> byPackage = new HashMap<>();

  private PlatformClasses() {}

  /** Writes the file into a folder, for the JDK that runs this. */
  public static void writeIndex(Path folder) throws IOException {
    var lines = new ArrayList<String>();
    lines.add(jdk());
    for (var name : PACKAGES) {
      var line = new StringBuilder(name);
      var classes = Path.of(URI.create("jrt:/" + MODULE + "/" + name.replace('.', '/')));
      try (var files = Files.newDirectoryStream(classes, "*.class")) {
        for (var file : files) {
          line.append('\t').append(file.getFileName());
        }
      }
      lines.add(line.toString());
    }
    Files.write(folder.resolve(INDEX), lines);
  }

  /** What a folder's file says; nothing where there is none, or one of another JDK. */
  static PlatformClasses of(Path folder) {
    var classes = new PlatformClasses();
    var file = folder.resolve(INDEX);
    try {
      if (Files.isReadable(file)) {
        var lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        if (!lines.isEmpty() && lines.getFirst().equals(jdk())) {
          lines.subList(1, lines.size()).forEach(classes::add);
        }
      }
    } catch (IOException e) {
      System.err.println(file + " cannot be read (" + e + "); the JDK is searched instead");
    }
    return classes;
  }

  static PlatformClasses none() {
    return new PlatformClasses();
  }

  private void add(String line) {
    var words = line.split("\t");
    var folder = words[0].replace('.', '/') + "/";
    var files = new ArrayList<JavaFileObject>(words.length);
    for (int i = 1; i < words.length; i++) {
      files.add(new PlatformClass(Object.class.getModule(), folder + words[i]));
    }
    byPackage.put(words[0], List.copyOf(files));
  }

  /** An update of the JDK in its place changes its version, or else the size of its image. */
  private static String jdk() throws IOException {
    var home = System.getProperty("java.home");
    return Runtime.version() + "\t" + home + "\t" + Files.size(Path.of(home, "lib", "modules"));
  }

  boolean isEmpty() {
    return byPackage.isEmpty();
  }

  /** The classes of a package; empty where the file does not say. */
  Optional<List<JavaFileObject>> list(Location location, String packageName) {
    return location.getName().equals(SYSTEM + MODULE + "]")
        ? Optional.ofNullable(byPackage.get(packageName))
        : Optional.empty();
  }

  /** The declaration of a module of the JDK that this JVM runs with. */
  Optional<JavaFileObject> moduleInfo(Location location) {
    var name = location.getName();
    return isEmpty() || !name.startsWith(SYSTEM)
        ? Optional.empty()
        : ModuleLayer.boot()
            .findModule(name.substring(SYSTEM.length(), name.length() - 1))
            .map(module -> new PlatformClass(module, "module-info.class"));
  }

  /** A class file inside the JDK's image. */
  static final class PlatformClass extends SimpleJavaFileObject {
    private final Module module;
    private final String name;

    private PlatformClass(Module module, String name) {
      super(URI.create("jrt:/" + module.getName() + "/" + name), Kind.CLASS);
      this.module = module;
      this.name = name;
    }

    String binaryName() {
      return name.substring(0, name.length() - ".class".length()).replace('/', '.');
    }

    boolean isIn(Location location) {
      return location.getName().equals(SYSTEM + module.getName() + "]");
    }

    @Override
    public InputStream openInputStream() throws IOException {
      var in = module.getResourceAsStream(name);
      if (in == null) {
        throw new FileNotFoundException(toUri().toString());
      }
      return in;
    }
  }
}
