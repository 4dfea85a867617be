package reprise.kernel.jupyter;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Where Jupyter keeps kernels on this machine. */
record JupyterPaths(Map<String, String> env, String os, Path home) {
  private static final String SHARE = "share/jupyter/kernels";

  static JupyterPaths ofThisMachine() {
    return new JupyterPaths(
        System.getenv(), System.getProperty("os.name"), Path.of(System.getProperty("user.home")));
  }

  /** The folder of kernels for "user", "sys-prefix" or a prefix. */
  Path kernels(String where) throws Install.Failed {
    return switch (where) {
      case "user" -> user().resolve("kernels");
      case "sys-prefix" -> sysPrefix().resolve(SHARE);
      default -> Path.of(where).toAbsolutePath().normalize().resolve(SHARE);
    };
  }

  /** All folders of kernels, the user's first. */
  List<Path> search() {
    var found = new ArrayList<Path>();
    var extra = env.get("JUPYTER_PATH");
    if (extra != null && !extra.isBlank()) {
      for (var path : extra.split(File.pathSeparator)) {
        found.add(Path.of(path).resolve("kernels"));
      }
    }
    found.add(user().resolve("kernels"));
    try {
      found.add(sysPrefix().resolve(SHARE));
    } catch (Install.Failed e) {
      Log.debug(e.getMessage());
    }
    if (!os.startsWith("Windows")) {
      found.add(Path.of("/usr/local").resolve(SHARE));
      found.add(Path.of("/usr").resolve(SHARE));
    }
    return found;
  }

  private Path user() {
    if (env.get("JUPYTER_DATA_DIR") != null) {
      return Path.of(env.get("JUPYTER_DATA_DIR"));
    }
    if (os.startsWith("Mac")) {
      return home.resolve("Library/Jupyter");
    }
    if (os.startsWith("Windows")) {
      return Path.of(env.getOrDefault("APPDATA", home.toString())).resolve("jupyter");
    }
    var data = env.get("XDG_DATA_HOME");
    return (data == null ? home.resolve(".local/share") : Path.of(data)).resolve("jupyter");
  }

  /** The prefix of the active environment, else of the Python on the path. */
  private Path sysPrefix() throws Install.Failed {
    for (var name : List.of("VIRTUAL_ENV", "CONDA_PREFIX")) {
      if (env.get(name) != null) {
        return Path.of(env.get(name));
      }
    }
    for (var python : List.of("python3", "python")) {
      try {
        var process = new ProcessBuilder(python, "-c", "import sys; print(sys.prefix)").start();
        var output =
            new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0) {
          return Path.of(output);
        }
      } catch (IOException e) {
        Log.debug("no " + python + ": " + e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    throw new Install.Failed(
        "There is no Python on the PATH to ask for its prefix; use --user or --prefix FOLDER.",
        null);
  }
}
