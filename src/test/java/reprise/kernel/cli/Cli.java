package reprise.kernel.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs the command line in a process of its own, as the launcher does. */
record Cli(int status, String out, String err) {
  private static final long PATIENCE_SECONDS = 600;

  /**
   * Runs it.
   *
   * @param folder for its output files
   * @param environment added to this process's own, less everything of Reprise
   * @param arguments of the command line
   */
  static Cli run(Path folder, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                "reprise.kernel.cli.Main"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("REPRISE_"));
    builder.environment().putAll(environment);
    File out = Files.createTempFile(folder, "out", ".txt").toFile();
    File err = Files.createTempFile(folder, "err", ".txt").toFile();
    builder.redirectOutput(out).redirectError(err).redirectInput(ProcessBuilder.Redirect.PIPE);
    Process process = builder.start();
    process.getOutputStream().close();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(
          command
              + " did not end in "
              + PATIENCE_SECONDS
              + " s; it said:\n"
              + Files.readString(err.toPath()));
    }
    return new Cli(
        process.exitValue(), Files.readString(out.toPath()), Files.readString(err.toPath()));
  }
}
