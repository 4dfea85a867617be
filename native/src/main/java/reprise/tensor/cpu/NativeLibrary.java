package reprise.tensor.cpu;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/** Finds the library in the jar and puts it where the system's loader can read it. */
final class NativeLibrary {
  private NativeLibrary() {}

  /** Where the library lies and the SHA-256 of its bytes. */
  record Extracted(Path file, String digest) {}

  /** For example {@code META-INF/native/linux-x86_64/libreprise.so}. */
  static String resource() {
    String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    boolean mac = name.contains("mac");
    String os = mac ? "macos" : name.contains("linux") ? "linux" : name.replace(' ', '-');
    String arch =
        switch (System.getProperty("os.arch", "")) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "aarch64";
          default -> System.getProperty("os.arch");
        };
    return "META-INF/native/" + os + "-" + arch + "/libreprise." + (mac ? "dylib" : "so");
  }

  /**
   * Property {@code reprise.cache}, else {@code $REPRISE_NODE_LOCAL} for tasks of a cluster, else
   * folder {@code cache} in {@code $REPRISE_HOME}, or in {@code reprise} in the user's cache
   * folder.
   */
  static Path cache() {
    String property = System.getProperty("reprise.cache");
    if (property != null) {
      return Path.of(property);
    }
    String nodeLocal = System.getenv("REPRISE_NODE_LOCAL");
    if (nodeLocal != null && !nodeLocal.isBlank()) {
      return Path.of(nodeLocal);
    }
    String home = System.getenv("REPRISE_HOME");
    if (home != null && !home.isBlank()) {
      return Path.of(home, "cache");
    }
    String caches = System.getenv("XDG_CACHE_HOME");
    Path user =
        caches != null && !caches.isBlank()
            ? Path.of(caches)
            : Path.of(System.getProperty("user.home"), ".cache");
    return user.resolve("reprise").resolve("cache");
  }

  /**
   * Copies the library into the cache under its digest, once.
   *
   * @throws IOException if there is none for this system or the cache cannot be written
   */
  static Extracted extract() throws IOException {
    String resource = resource();
    byte[] bytes;
    try (InputStream in = NativeLibrary.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException(
            "this build has no native library for this system ("
                + resource
                + "): install a C compiler and build again");
      }
      bytes = in.readAllBytes();
    }
    String digest = sha256(bytes);
    Path folder = cache().resolve("native").resolve(digest.substring(0, 16));
    Path file = folder.resolve(Path.of(resource).getFileName().toString());
    if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), bytes)) {
      Files.createDirectories(folder);
      Path part = Files.createTempFile(folder, "libreprise", ".part");
      Files.write(part, bytes);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
    return new Extracted(file, digest);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
