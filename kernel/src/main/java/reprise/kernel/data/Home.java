package reprise.kernel.data;

import java.nio.file.Path;
import java.util.Optional;

/** Where Reprise keeps what it stores: {@code REPRISE_HOME}, else the user's cache folder. */
public final class Home {
  private Home() {}

  /** The folder of store and caches; may not exist yet. */
  public static Path folder() {
    return environment("REPRISE_HOME")
        .map(Path::of)
        .orElseGet(() ->
            environment("XDG_CACHE_HOME")
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"))
                .resolve("reprise"));
  }

  /** Fetched data sets. */
  public static Path data() {
    return folder().resolve("data");
  }

  /** Runs. */
  public static Path runs() {
    return folder().resolve("runs");
  }

  /** The folder of data sets that {@code REPRISE_DATA} names, if it is set. */
  public static Optional<Path> provided() {
    return environment("REPRISE_DATA").map(Path::of);
  }

  private static Optional<String> environment(String name) {
    return Optional.ofNullable(System.getenv(name)).filter(v -> !v.isBlank());
  }
}
