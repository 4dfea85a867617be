package reprise.kernel.jupyter;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where Reprise keeps what it can make again; {@code REPRISE_HOME} moves it. */
final class CacheHome {
  private CacheHome() {}

  static Path kernel() {
    return of(System.getenv(), System.getProperty("os.name"), System.getProperty("user.home"))
        .resolve("kernel");
  }

  static Path of(Map<String, String> env, String os, String home) {
    return value(env, "REPRISE_HOME")
        .map(path -> path.resolve("cache"))
        .or(() -> value(env, "XDG_CACHE_HOME").map(path -> path.resolve("reprise")))
        .orElseGet(() -> {
          if (os.startsWith("Mac")) {
            return Path.of(home, "Library", "Caches", "reprise");
          }
          if (os.startsWith("Windows")) {
            return value(env, "LOCALAPPDATA").orElse(Path.of(home)).resolve("reprise");
          }
          return Path.of(home, ".cache", "reprise");
        });
  }

  private static Optional<Path> value(Map<String, String> env, String name) {
    return Optional.ofNullable(env.get(name)).filter(v -> !v.isBlank()).map(Path::of);
  }
}
