package reprise.kernel.shell;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;

/**
 * What cells are compiled against. The class path of this JVM is looked up in {@link JarPackages},
 * which opens a jar when a package of it is asked for; the compiler's own way is to open and walk
 * them all before the first cell, and to search them for compiler plug-ins before each. What every
 * cell imports of the JDK is in {@link PlatformClasses}. Folders, and what the user adds later,
 * stay with the compiler.
 */
final class ClassFiles extends ForwardingJavaFileManager<StandardJavaFileManager>
    implements StandardJavaFileManager {
  private JarPackages packages;
  private final List<Path> base;
  private PlatformClasses platform;

  /**
   * @param standard the compiler's own
   * @param classPath of this JVM, as the system property has it
   */
  ClassFiles(StandardJavaFileManager standard, String classPath) {
    super(standard);
    base = split(classPath).stream().filter(Files::isRegularFile).toList();
    platform =
        base.isEmpty()
            ? PlatformClasses.none()
            : PlatformClasses.of(base.getFirst().toAbsolutePath().getParent());
    restOf(classPath);
  }

  private static List<Path> split(String classPath) {
    return Arrays.stream(classPath.split(File.pathSeparator))
        .filter(entry -> !entry.isBlank())
        .map(Path::of)
        .toList();
  }

  private synchronized JarPackages packages() {
    if (packages == null) {
      packages = JarPackages.of(base);
    }
    return packages;
  }

  /** Leaves to the compiler what is not a jar of this JVM. */
  private void restOf(String classPath) {
    var rest = split(classPath).stream().filter(path -> !base.contains(path)).toList();
    try {
      fileManager.setLocationFromPaths(StandardLocation.CLASS_PATH, rest);
    } catch (IOException e) {
      throw new UncheckedIOException("the class path of cells cannot be set to " + rest, e);
    }
  }

  @Override
  public boolean handleOption(String current, Iterator<String> remaining) {
    if (current.equals("-classpath") && remaining.hasNext()) {
      restOf(remaining.next());
      return true;
    }
    if (current.equals("--system")) {
      platform = PlatformClasses.none();
    }
    return super.handleOption(current, remaining);
  }

  @Override
  public Iterable<JavaFileObject> list(
      Location location, String packageName, Set<JavaFileObject.Kind> kinds, boolean recurse)
      throws IOException {
    var known =
        recurse || !kinds.contains(JavaFileObject.Kind.CLASS)
            ? Optional.<List<JavaFileObject>>empty()
            : platform.list(location, packageName);
    if (known.isPresent()) {
      return known.get();
    }
    var standard = super.list(location, packageName, kinds, recurse);
    if (location != StandardLocation.CLASS_PATH || !kinds.contains(JavaFileObject.Kind.CLASS)) {
      return standard;
    }
    var found = new ArrayList<JavaFileObject>(packages().list(packageName, recurse));
    standard.forEach(found::add);
    return found;
  }

  @Override
  public JavaFileObject getJavaFileForInput(
      Location location, String className, JavaFileObject.Kind kind) throws IOException {
    var known =
        kind == JavaFileObject.Kind.CLASS && className.equals("module-info")
            ? platform.moduleInfo(location)
            : Optional.<JavaFileObject>empty();
    return known.isPresent() ? known.get() : super.getJavaFileForInput(location, className, kind);
  }

  @Override
  public String inferBinaryName(Location location, JavaFileObject file) {
    if (file instanceof PlatformClasses.PlatformClass c) {
      return c.binaryName();
    }
    return file instanceof JarPackages.ClassInJar c
        ? c.binaryName()
        : super.inferBinaryName(location, file);
  }

  @Override
  public boolean isSameFile(FileObject a, FileObject b) {
    return isOurs(a) || isOurs(b) ? a.equals(b) : super.isSameFile(a, b);
  }

  private static boolean isOurs(FileObject file) {
    return file instanceof JarPackages.ClassInJar || file instanceof PlatformClasses.PlatformClass;
  }

  @Override
  public boolean contains(Location location, FileObject file) throws IOException {
    if (file instanceof PlatformClasses.PlatformClass c) {
      return c.isIn(location);
    }
    return file instanceof JarPackages.ClassInJar
        ? location == StandardLocation.CLASS_PATH
        : super.contains(location, file);
  }

  /** No plug-ins of the compiler are looked for on the class path: cells cannot name any. */
  @Override
  public ClassLoader getClassLoader(Location location) {
    return location == StandardLocation.CLASS_PATH
        ? ClassLoader.getPlatformClassLoader()
        : super.getClassLoader(location);
  }

  /** Whole, as completion indexes what is named here. */
  @Override
  public Iterable<? extends Path> getLocationAsPaths(Location location) {
    var standard = fileManager.getLocationAsPaths(location);
    if (location != StandardLocation.CLASS_PATH) {
      return standard;
    }
    var all = new ArrayList<Path>(base);
    if (standard != null) {
      standard.forEach(all::add);
    }
    return all;
  }

  @Override
  public Iterable<? extends File> getLocation(Location location) {
    var files = new ArrayList<File>();
    var paths = getLocationAsPaths(location);
    if (paths != null) {
      paths.forEach(path -> files.add(path.toFile()));
    }
    return files;
  }

  @Override
  public Iterable<? extends JavaFileObject> getJavaFileObjectsFromFiles(
      Iterable<? extends File> files) {
    return fileManager.getJavaFileObjectsFromFiles(files);
  }

  @Override
  public Iterable<? extends JavaFileObject> getJavaFileObjects(File... files) {
    return fileManager.getJavaFileObjects(files);
  }

  @Override
  public Iterable<? extends JavaFileObject> getJavaFileObjectsFromStrings(Iterable<String> names) {
    return fileManager.getJavaFileObjectsFromStrings(names);
  }

  @Override
  public Iterable<? extends JavaFileObject> getJavaFileObjects(String... names) {
    return fileManager.getJavaFileObjects(names);
  }

  @Override
  public void setLocation(Location location, Iterable<? extends File> files) throws IOException {
    fileManager.setLocation(location, files);
  }

  @Override
  public void setLocationFromPaths(Location location, Collection<? extends Path> paths)
      throws IOException {
    fileManager.setLocationFromPaths(location, paths);
  }

  @Override
  public Path asPath(FileObject file) {
    return fileManager.asPath(file);
  }
}
