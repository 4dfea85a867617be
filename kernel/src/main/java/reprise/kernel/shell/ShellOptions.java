package reprise.kernel.shell;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How a shell starts.
 *
 * @param classPath what cells see beyond the class path of this JVM
 * @param compilerOptions handed to javac, such as {@code --enable-preview}
 * @param startup code run before the first cell, after the imports of Reprise
 * @param timeout the longest a statement may run; zero for no limit
 */
public record ShellOptions(
    List<Path> classPath, List<String> compilerOptions, List<Cell> startup, Duration timeout) {
  public static final ShellOptions DEFAULT =
      new ShellOptions(List.of(), List.of(), List.of(), Duration.ZERO);

  public ShellOptions {
    classPath = List.copyOf(classPath);
    compilerOptions = List.copyOf(compilerOptions);
    startup = List.copyOf(startup);
  }

  /** Reads the variables that IJava and its successors read. */
  public static ShellOptions fromEnvironment(Map<String, String> env) {
    var path = new ArrayList<Path>();
    for (var entry : entries(env.get("IJAVA_CLASSPATH"))) {
      path.addAll(Globs.expand(entry));
    }
    var options = env.getOrDefault("IJAVA_COMPILER_OPTS", "").strip();
    var startup = new ArrayList<Cell>();
    for (var entry : entries(env.get("IJAVA_STARTUP_SCRIPTS_PATH"))) {
      scripts(entry).forEach(file -> startup.add(read(file)));
    }
    var script = env.get("IJAVA_STARTUP_SCRIPT");
    if (script != null && !script.isBlank()) {
      startup.add(new Cell("IJAVA_STARTUP_SCRIPT", script));
    }
    return new ShellOptions(
        path,
        options.isEmpty() ? List.of() : List.of(options.split("\\s+")),
        startup,
        timeout(env.get("IJAVA_TIMEOUT")));
  }

  /** The same with one more option for javac. */
  public ShellOptions withCompilerOption(String option) {
    var options = new ArrayList<>(compilerOptions);
    options.add(option);
    return new ShellOptions(classPath, options, startup, timeout);
  }

  private static List<String> entries(String value) {
    return value == null
        ? List.of()
        : Stream.of(value.split(File.pathSeparator)).filter(e -> !e.isBlank()).toList();
  }

  private static List<Path> scripts(String entry) {
    var path = Path.of(entry);
    return Files.isDirectory(path)
        ? Globs.expand(path.resolve("*.{jshell,jsh}").toString())
        : Globs.expand(entry);
  }

  private static Cell read(Path file) {
    try {
      return new Cell(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "start-up script " + file + " (IJAVA_STARTUP_SCRIPTS_PATH) cannot be read", e);
    }
  }

  /** Milliseconds, as IJava has it; -1, 0 and nothing mean no limit. */
  private static Duration timeout(String value) {
    if (value == null || value.isBlank()) {
      return Duration.ZERO;
    }
    try {
      return Duration.ofMillis(Math.max(0, Long.parseLong(value.strip())));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "IJAVA_TIMEOUT is '" + value + "'; give milliseconds, or -1 for no limit", e);
    }
  }
}
