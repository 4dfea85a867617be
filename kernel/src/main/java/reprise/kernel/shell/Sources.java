package reprise.kernel.shell;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipFile;

/**
 * Finds the source of a class: of the JDK in its src.zip, of ours inside its jar, of a library in a
 * "-sources.jar" beside its own, as Maven's local repository has them.
 */
final class Sources {
  /** The folder inside a jar that has the sources of its classes. */
  private static final String INSIDE = "META-INF/sources/";

  private ZipFile jdk;
  private boolean jdkLooked;

  /** The source file of a top-level class. */
  Optional<String> of(Class<?> type) {
    var file = type.getName().replace('.', '/') + ".java";
    try {
      var module = type.getModule().getName();
      return module != null ? inJdk(module + "/" + file) : ofLibrary(type, file);
    } catch (IOException | URISyntaxException e) {
      // Documentation is worth having, and no reason to fail.
      return Optional.empty();
    }
  }

  private synchronized Optional<String> inJdk(String entry) throws IOException {
    if (!jdkLooked) {
      jdkLooked = true;
      var zip = Path.of(System.getProperty("java.home"), "lib", "src.zip");
      jdk = Files.isReadable(zip) ? new ZipFile(zip.toFile()) : null;
    }
    return jdk == null ? Optional.empty() : read(jdk, entry);
  }

  private static Optional<String> ofLibrary(Class<?> type, String file)
      throws IOException, URISyntaxException {
    var loader = type.getClassLoader();
    if (loader != null) {
      try (InputStream in = loader.getResourceAsStream(INSIDE + file)) {
        if (in != null) {
          return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
      }
    }
    var domain = type.getProtectionDomain().getCodeSource();
    if (domain == null || domain.getLocation() == null) {
      return Optional.empty();
    }
    var jar = Path.of(domain.getLocation().toURI());
    var name = String.valueOf(jar.getFileName());
    if (!name.endsWith(".jar")) {
      return Optional.empty();
    }
    var beside = jar.resolveSibling(name.substring(0, name.length() - 4) + "-sources.jar");
    if (!Files.isReadable(beside)) {
      return Optional.empty();
    }
    try (var zip = new ZipFile(beside.toFile())) {
      return read(zip, file);
    }
  }

  private static Optional<String> read(ZipFile zip, String name) throws IOException {
    var entry = zip.getEntry(name);
    if (entry == null) {
      return Optional.empty();
    }
    try (var in = zip.getInputStream(entry)) {
      return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
