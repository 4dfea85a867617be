package reprise.kernel.jupyter;

import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import reprise.kernel.shell.JarPackages;
import reprise.kernel.shell.PlatformClasses;

/** Puts the kernel where Jupyter looks for kernels, and takes it away again. */
public final class Install {
  public static final String NAME = "reprise";

  /** The jars, inside the kernelspec's folder. */
  static final String LIB = "lib";

  private final JupyterPaths paths;
  private final Consumer<String> say;

  /** Thrown when it cannot be done; the message is for the user. */
  public static final class Failed extends Exception {
    private static final long serialVersionUID = 1L;

    Failed(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * An installed kernel.
   *
   * @param java the JDK it starts; empty where kernel.json does not say
   */
  public record Installed(Path folder, String displayName, Optional<Path> java) {
    /** Whether its JDK is still there. */
    public boolean works() {
      return java.isPresent() && Files.isExecutable(java.get());
    }
  }

  Install(JupyterPaths paths, Consumer<String> say) {
    this.paths = paths;
    this.say = say;
  }

  /** Tells what it does through {@code say}. */
  public static Install of(Consumer<String> say) {
    return new Install(JupyterPaths.ofThisMachine(), say);
  }

  /**
   * Installs the kernel, unless it is there just as it would be written now.
   *
   * @return the folder of the kernelspec
   */
  Path ensure(String where, String name) throws Failed {
    var folder = paths.kernels(where).resolve(name);
    var here = KernelSpec.ofThisJvm();
    var spec = here.on(folder.resolve(LIB));
    var cache = folder.resolve(StartupCache.FILE);
    try {
      var wanted = Files.exists(cache) ? spec.withCache(cache) : spec;
      var file = folder.resolve("kernel.json");
      if (Files.exists(file)
          && Files.readString(file).equals(wanted.json())
          && here.copied(folder.resolve(LIB))
          && (wanted.cache().isEmpty()
              ? !spec.folders().isEmpty()
              : StartupCache.fits(spec, cache))) {
        return folder;
      }
    } catch (IOException e) {
      Log.debug("installed anew: " + e);
    }
    return install(where, name, true);
  }

  /**
   * Installs the kernel that runs on this JVM's JDK and a copy of its jars.
   *
   * @param where "user", "sys-prefix" or a prefix
   * @param aot whether to build the start-up cache
   * @return the folder of the kernelspec
   */
  public Path install(String where, String name, boolean aot) throws Failed {
    return install(where, name, aot, false);
  }

  /**
   * The same, with the debugger or without.
   *
   * @param debugger whether front ends can set breakpoints; such a kernel starts slower
   */
  public Path install(String where, String name, boolean aot, boolean debugger) throws Failed {
    checkName(name);
    var folder = paths.kernels(where).resolve(name);
    var here = KernelSpec.ofThisJvm();
    var lib = folder.resolve(LIB);
    var spec = debugger ? here.on(lib).withDebugger() : here.on(lib);
    try {
      Files.createDirectories(folder);
      Files.deleteIfExists(folder.resolve(StartupCache.FILE));
      if (Files.isDirectory(lib)) {
        delete(lib);
      }
      here.copyJars(lib);
      JarPackages.writeIndex(lib);
      PlatformClasses.writeIndex(lib);
      Logo.write(folder);
      write(folder, spec);
      if (aot) {
        var cache = new StartupCache(say).build(spec, folder);
        if (cache.isPresent()) {
          write(folder, spec.withCache(cache.get()));
        }
      }
    } catch (IOException e) {
      throw new Failed(
          "The kernel could not be written to "
              + folder
              + " ("
              + e
              + "). Use --user, or --prefix with a folder you may write to.",
          e);
    }
    say.accept("Installed " + spec.displayName() + " in " + folder);
    return folder;
  }

  /** Removes a kernel by name, wherever it is installed. */
  public List<Path> uninstall(String name) throws Failed {
    checkName(name);
    var removed = new ArrayList<Path>();
    for (var installed : list()) {
      if (installed.folder().getFileName().toString().equals(name)) {
        try {
          delete(installed.folder());
        } catch (IOException e) {
          throw new Failed(installed.folder() + " could not be removed (" + e + ").", e);
        }
        removed.add(installed.folder());
        say.accept("Removed " + installed.folder());
      }
    }
    if (removed.isEmpty()) {
      say.accept("No kernel of Reprise is installed under the name '" + name + "'.");
    }
    return removed;
  }

  /** The kernels of Reprise that Jupyter can see. */
  public List<Installed> list() {
    var found = new ArrayList<Installed>();
    for (var kernels : new LinkedHashSet<>(paths.search())) {
      if (!Files.isDirectory(kernels)) {
        continue;
      }
      try (var folders = Files.list(kernels)) {
        folders.sorted().map(Install::read).flatMap(Optional::stream).forEach(found::add);
      } catch (IOException e) {
        say.accept(kernels + " cannot be listed (" + e + ").");
      }
    }
    return found;
  }

  private static Optional<Installed> read(Path folder) {
    var file = folder.resolve("kernel.json");
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      var json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
      var ours = json.has("metadata") && json.getAsJsonObject("metadata").has("reprise");
      return ours
          ? Optional.of(
              new Installed(
                  folder,
                  json.get("display_name").getAsString(),
                  Optional.of(Path.of(json.getAsJsonArray("argv").get(0).getAsString()))))
          : Optional.empty();
    } catch (IOException | JsonParseException | IllegalStateException e) {
      // Another kernel's file: none of our business.
      Log.debug(file + " is left out: " + e);
      return Optional.empty();
    }
  }

  private static void write(Path folder, KernelSpec spec) throws IOException {
    var draft = folder.resolve("kernel.json.new");
    Files.writeString(draft, spec.json());
    Files.move(
        draft, folder.resolve("kernel.json"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }

  private static void checkName(String name) throws Failed {
    if (!name.matches("[a-zA-Z0-9._-]+")) {
      throw new Failed(
          "'" + name + "' cannot name a kernel: Jupyter allows letters, digits, '.', '_' and '-'.",
          null);
    }
  }

  /** A folder and all in it. */
  static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var path : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(path);
      }
    }
  }
}
