package reprise.kernel.jupyter;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How Jupyter starts the kernel.
 *
 * @param java the java of the JDK to run on
 * @param classPath absolute; files or folders
 * @param cache the start-up cache, if there is one
 * @param debugger whether the debugger is there: its agent makes the JVM start slower, so it is a
 *     kernel of its own
 */
record KernelSpec(Path java, List<Path> classPath, Optional<Path> cache, boolean debugger) {
  static final String DISPLAY_NAME = "Java (Reprise)";

  /** The argument after the connection file. */
  static final String DEBUGGER = "--debugger";

  /** The agent listens on a port that the kernel takes at once, and which takes no second. */
  private static final List<String> DEBUG_FLAGS =
      List.of(
          "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,quiet=y,address=127.0.0.1:0",
          "-Djdk.attach.allowAttachSelf=true");

  /** Small heap at first, a collector without threads of its own: a kernel mostly waits. */
  private static final List<String> FLAGS =
      List.of(
          "-Djava.awt.headless=true",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-XX:+UseSerialGC",
          "-Xms96m",
          // the first cell comes before the first collection
          "-XX:NewSize=48m",
          "-XX:+UnlockDiagnosticVMOptions",
          "-XX:ArchiveRelocationMode=0",
          // a crash leaves its report in the notebook's folder, and no copy of all memory
          "-XX:-CreateCoredumpOnCrash");

  KernelSpec {
    classPath = List.copyOf(classPath);
  }

  /** The JDK and the class path this code runs with. */
  static KernelSpec ofThisJvm() {
    var home = Path.of(System.getProperty("java.home"));
    var windows = home.resolve("bin").resolve("java.exe");
    var java = Files.exists(windows) ? windows : home.resolve("bin").resolve("java");
    var entries =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.isBlank())
            .map(entry -> Path.of(entry).toAbsolutePath().normalize())
            .filter(Files::exists)
            .distinct()
            .toList();
    return new KernelSpec(java, entries, Optional.empty(), false);
  }

  KernelSpec withCache(Path file) {
    return new KernelSpec(java, classPath, Optional.of(file), debugger);
  }

  /** The same with the debugger. */
  KernelSpec withDebugger() {
    return new KernelSpec(java, classPath, cache, true);
  }

  String displayName() {
    return debugger ? "Java (Reprise, debugger)" : DISPLAY_NAME;
  }

  /**
   * The same on copies of the jars in a folder, so that a later build of Reprise does not take them
   * away from an installed kernel. Folders on the class path stay where they are.
   */
  KernelSpec on(Path lib) {
    var moved =
        classPath.stream()
            .map(entry -> Files.isDirectory(entry) ? entry : lib.resolve(entry.getFileName()))
            .distinct()
            .toList();
    return new KernelSpec(java, moved, cache, debugger);
  }

  /** Copies the jars there; the copies have the times of the originals. */
  void copyJars(Path lib) throws IOException {
    Files.createDirectories(lib);
    for (var entry : classPath) {
      if (!Files.isDirectory(entry)) {
        Files.copy(
            entry,
            lib.resolve(entry.getFileName()),
            StandardCopyOption.REPLACE_EXISTING,
            StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  /** Whether the copies there are of these jars: the same names, sizes and times. */
  boolean copied(Path lib) throws IOException {
    for (var entry : classPath) {
      var copy = lib.resolve(entry.getFileName());
      if (Files.isDirectory(entry)) {
        continue;
      }
      if (!Files.isRegularFile(copy)
          || Files.size(copy) != Files.size(entry)
          || !Files.getLastModifiedTime(copy).equals(Files.getLastModifiedTime(entry))) {
        return false;
      }
    }
    return true;
  }

  /** Folders on the class path: the JVM makes no start-up cache with one. */
  List<Path> folders() {
    return classPath.stream().filter(Files::isDirectory).toList();
  }

  /** The command that runs a class with the kernel's flags and class path. */
  List<String> command(List<String> extraFlags, String mainClass, String... arguments) {
    var command = new ArrayList<String>();
    command.add(java.toString());
    command.addAll(FLAGS);
    command.addAll(extraFlags);
    command.add("-cp");
    command.add(String.join(File.pathSeparator, classPath.stream().map(Path::toString).toList()));
    command.add(mainClass);
    command.addAll(List.of(arguments));
    return command;
  }

  /** The command that runs the kernel. */
  List<String> kernelCommand(String connectionFile) {
    // A cache that no longer fits is not used; the log would only say so in the cell's output.
    var flags = new ArrayList<String>();
    cache.ifPresent(
        file -> flags.addAll(List.of("-XX:AOTCache=" + file, "-Xlog:aot=off", "-Xlog:cds=off")));
    if (!debugger) {
      return command(flags, KernelMain.class.getName(), connectionFile);
    }
    flags.addAll(DEBUG_FLAGS);
    return command(flags, KernelMain.class.getName(), connectionFile, DEBUGGER);
  }

  /** The text of {@code kernel.json}. */
  String json() {
    var argv = new JsonArray();
    kernelCommand("{connection_file}").forEach(argv::add);
    var metadata = new JsonObject();
    metadata.addProperty("reprise", KernelInfo.version());
    metadata.addProperty("debugger", debugger);
    var json = new JsonObject();
    json.add("argv", argv);
    json.addProperty("display_name", displayName());
    json.addProperty("language", "java");
    json.addProperty("interrupt_mode", "message");
    json.add("env", new JsonObject());
    json.add("metadata", metadata);
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(json) + "\n";
  }
}
