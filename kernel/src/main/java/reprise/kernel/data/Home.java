package reprise.kernel.data;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where Reprise keeps what it stores: {@code REPRISE_HOME}, else the user's cache folder. */
public final class Home {
  private Home() {}

  /** The folder of store and caches; may not exist yet. */
  public static Path folder() {
    return folder(System.getenv(), Path.of(System.getProperty("user.home")));
  }

  /** The same for any environment and home; the launcher looks in the same places. */
  static Path folder(Map<String, String> environment, Path home) {
    return value(environment, "REPRISE_HOME")
        .or(() -> value(environment, "XDG_CACHE_HOME").map(cache -> cache.resolve("reprise")))
        .orElseGet(() -> home.resolve(".cache").resolve("reprise"));
  }

  /** Fetched data sets. */
  public static Path data() {
    return folder().resolve("data");
  }

  /** Runs. */
  public static Path runs() {
    return folder().resolve("runs");
  }

  /** A folder on this machine's own disk, for tasks of a cluster: {@code REPRISE_NODE_LOCAL}. */
  public static Optional<Path> nodeLocal() {
    return value(System.getenv(), "REPRISE_NODE_LOCAL");
  }

  /** The folder of data sets that {@code REPRISE_DATA} names, if it is set. */
  public static Optional<Path> provided() {
    return value(System.getenv(), "REPRISE_DATA");
  }

  private static Optional<Path> value(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(v -> !v.isBlank()).map(Path::of);
  }
}
