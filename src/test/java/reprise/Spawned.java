package reprise;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A program that ran in a process of its own.
 *
 * @param status its exit status
 * @param out its standard output
 * @param err its standard error
 */
public record Spawned(int status, String out, String err) {
  private static final long PATIENCE_SECONDS = 600;

  /** What every JVM of ours is started with. */
  private static final List<String> JVM_OPTIONS =
      List.of(
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-Djava.awt.headless=true");

  /** Java with our class path: a main class with arguments, or a source file. */
  public static Spawned java(Path folder, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(tool("java")));
    command.addAll(JVM_OPTIONS);
    command.addAll(List.of("--class-path", classPath()));
    command.addAll(List.of(arguments));
    return run(folder, environment, "", command);
  }

  /** The JDK's jshell with our class path and start-up file, fed line by line. */
  public static Spawned jshell(
      Path folder, Map<String, String> environment, Path startup, String lines)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                tool("jshell"),
                "--class-path",
                classPath(),
                "--startup",
                "DEFAULT",
                "--startup",
                startup.toAbsolutePath().toString(),
                "-J-Djava.util.prefs.userRoot=" + folder));
    JVM_OPTIONS.forEach(option -> command.add("-R" + option));
    return run(folder, environment, lines, command);
  }

  private static Spawned run(
      Path folder, Map<String, String> environment, String input, List<String> command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("REPRISE_"));
    builder.environment().putAll(environment);
    File in = Files.writeString(Files.createTempFile(folder, "in", ".txt"), input).toFile();
    File out = Files.createTempFile(folder, "out", ".txt").toFile();
    File err = Files.createTempFile(folder, "err", ".txt").toFile();
    builder.directory(folder.toFile()); // what it writes stays out of the sources
    Process process = builder.redirectInput(in).redirectOutput(out).redirectError(err).start();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(
          command
              + " did not end in "
              + PATIENCE_SECONDS
              + " s; it said:\n"
              + Files.readString(out.toPath())
              + Files.readString(err.toPath()));
    }
    return new Spawned(
        process.exitValue(), Files.readString(out.toPath()), Files.readString(err.toPath()));
  }

  private static String tool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  // jshell refuses a class path with folders that do not exist
  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> Files.exists(Path.of(entry)))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
