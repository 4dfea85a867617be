package reprise.kernel.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipFile;
import javax.tools.SimpleJavaFileObject;

/**
 * Which classes the packages of some jars have. A file beside the jars may say which packages each
 * has, so that a jar is opened only once one of them is asked for.
 */
public final class JarPackages {
  /** Beside the jars; a line for each: name, size and packages, separated by tabs. */
  private static final String INDEX = "packages.txt";

  private final Map<String, List<Jar>> byFolder = new HashMap<>();
  private final Map<String, List<ClassInJar>> listed = new HashMap<>();

  private JarPackages() {}

  static JarPackages of(List<Path> jars) {
    var packages = new JarPackages();
    var indexes = new HashMap<Path, Map<String, Set<String>>>();
    for (var path : jars) {
      var jar = new Jar(path);
      var index =
          indexes.computeIfAbsent(path.toAbsolutePath().getParent(), JarPackages::readIndex);
      var known = index.get(key(path));
      for (var folder : known == null ? jar.folders().keySet() : known) {
        packages.byFolder.computeIfAbsent(folder, f -> new ArrayList<>(1)).add(jar);
      }
    }
    return packages;
  }

  /** Writes what the jars in a folder have into a file there. */
  public static void writeIndex(Path folder) throws IOException {
    var lines = new ArrayList<String>();
    try (var files = Files.newDirectoryStream(folder, "*.jar")) {
      for (var path : files) {
        lines.add(key(path) + "\t" + String.join("\t", new Jar(path).folders().keySet()));
      }
    }
    Files.write(folder.resolve(INDEX), lines);
  }

  private static Map<String, Set<String>> readIndex(Path folder) {
    var index = new HashMap<String, Set<String>>();
    var file = folder.resolve(INDEX);
    if (Files.isReadable(file)) {
      try {
        for (var line : Files.readAllLines(file)) {
          var words = List.of(line.split("\t"));
          if (words.size() >= 2) {
            index.put(
                words.get(0) + "\t" + words.get(1), Set.copyOf(words.subList(2, words.size())));
          }
        }
      } catch (IOException e) {
        System.err.println(file + " cannot be read (" + e + "); the jars are read instead");
      }
    }
    return index;
  }

  private static String key(Path jar) {
    try {
      return jar.getFileName() + "\t" + Files.size(jar);
    } catch (IOException e) {
      throw new UncheckedIOException(jar + " on the class path cannot be read", e);
    }
  }

  synchronized List<ClassInJar> list(String packageName, boolean recurse) {
    var folder = packageName.replace('.', '/');
    if (!recurse) {
      return byFolder.containsKey(folder)
          ? listed.computeIfAbsent(folder, this::classes)
          : List.of();
    }
    var prefix = folder.isEmpty() ? "" : folder + "/";
    return byFolder.keySet().stream()
        .filter(f -> f.equals(folder) || f.startsWith(prefix))
        .flatMap(f -> classes(f).stream())
        .toList();
  }

  private List<ClassInJar> classes(String folder) {
    return byFolder.get(folder).stream()
        .flatMap(jar ->
            jar.folders().getOrDefault(folder, List.of()).stream()
                .map(name -> new ClassInJar(jar, name)))
        .toList();
  }

  private static final class Jar {
    private final Path path;
    private ZipFile zip;
    private Map<String, List<String>> folders;

    Jar(Path path) {
      this.path = path;
    }

    /** Class files by folder; the root is left out, as no import reaches it. */
    synchronized Map<String, List<String>> folders() {
      if (folders == null) {
        folders = new LinkedHashMap<>();
        open().stream()
            .map(java.util.zip.ZipEntry::getName)
            .filter(name -> name.endsWith(".class") && !name.startsWith("META-INF/"))
            .filter(name -> name.indexOf('/') > 0)
            .forEach(name ->
                folders
                    .computeIfAbsent(
                        name.substring(0, name.lastIndexOf('/')), f -> new ArrayList<>())
                    .add(name));
      }
      return folders;
    }

    /** Stays open as long as the shell, as a class loader's would. */
    private synchronized ZipFile open() {
      try {
        if (zip == null) {
          zip = new ZipFile(path.toFile());
        }
        return zip;
      } catch (IOException e) {
        throw new UncheckedIOException(path + " on the class path cannot be read", e);
      }
    }

    InputStream read(String name) throws IOException {
      return open().getInputStream(open().getEntry(name));
    }
  }

  /** A class file. */
  static final class ClassInJar extends SimpleJavaFileObject {
    private final Jar jar;
    private final String name;

    private ClassInJar(Jar jar, String name) {
      super(URI.create("jar:///" + name), Kind.CLASS);
      this.jar = jar;
      this.name = name;
    }

    String binaryName() {
      return name.substring(0, name.length() - ".class".length()).replace('/', '.');
    }

    @Override
    public InputStream openInputStream() throws IOException {
      return jar.read(name);
    }
  }
}
