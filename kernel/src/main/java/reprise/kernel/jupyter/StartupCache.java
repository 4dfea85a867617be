package reprise.kernel.jupyter;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Makes the JVM's AOT cache: a training run notes which classes a session loads and how they are
 * linked, and the next start takes them from a file. It fits one build of one JDK and one class
 * path; when these change the JVM starts without it, and {@code kernel install} makes it anew.
 *
 * <p>Measured by processor time, as the machine was busy: of opening a shell on the thread that
 * does it, 0.45 s with the cache and 0.60 s with one that does not say which methods are hot; of a
 * whole start to the first cell, 1.99 s before and 1.69 s after the packages of the JDK came from a
 * file ({@code PlatformClasses}), type switches left the way of a cell, and the training began as
 * the kernel begins. A start without C2 takes 1.2 s, but would keep long Java loops slow.
 */
final class StartupCache {
  static final String FILE = "kernel.aot";
  private static final long MINUTES = 5;

  private final Consumer<String> say;

  StartupCache(Consumer<String> say) {
    this.say = say;
  }

  /** Whether no jar is newer than the cache; the JVM checks the same and more. */
  static boolean fits(KernelSpec spec, Path cache) throws IOException {
    var made = Files.getLastModifiedTime(cache);
    for (var entry : spec.classPath()) {
      if (Files.getLastModifiedTime(entry).compareTo(made) > 0) {
        return false;
      }
    }
    return true;
  }

  /** The cache file; empty, with the reason said, where there can be none. */
  Optional<Path> build(KernelSpec spec, Path folder) throws IOException {
    if (!spec.folders().isEmpty()) {
      say.accept(
          "No start-up cache: the class path has folders ("
              + spec.folders().getFirst()
              + ") and the JVM caches jars only. The kernel works, a second slower to start.");
      return Optional.empty();
    }
    var file = folder.resolve(FILE);
    var home = Files.createTempDirectory("reprise-aot");
    var log = home.resolve("aot.log");
    Files.createFile(log);
    try {
      var command =
          spec.command(
              List.of("-XX:AOTCacheOutput=" + file, "-Xlog:aot=error"), Training.class.getName());
      var builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
      // the user's history and scripts are none of its business
      builder.environment().put("REPRISE_HOME", home.toString());
      builder.environment().keySet().removeIf(name -> name.startsWith("IJAVA_"));
      var process = builder.start();
      if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        return none("it took more than " + MINUTES + " minutes", log);
      }
      if (process.exitValue() != 0 || !Files.exists(file)) {
        return none("the training run ended with status " + process.exitValue(), log);
      }
      return Optional.of(file);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return none("interrupted", log);
    } finally {
      Install.delete(home);
    }
  }

  private Optional<Path> none(String reason, Path log) throws IOException {
    var last =
        Files.readAllLines(log, StandardCharsets.UTF_8).reversed().stream().limit(3).toList();
    say.accept(
        "No start-up cache ("
            + reason
            + (last.isEmpty() ? "" : ": " + String.join(" | ", last.reversed()))
            + "). The kernel works, a second slower to start.");
    return Optional.empty();
  }
}
