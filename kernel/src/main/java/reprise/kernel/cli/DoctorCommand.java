package reprise.kernel.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import reprise.dsl.unit.Bytes;
import reprise.kernel.data.Home;
import reprise.kernel.run.Host;
import reprise.kernel.run.StepCost;
import reprise.tensor.Backend;
import reprise.tensor.Backends;

/** {@code ./reprise doctor}. */
@Command(
    name = "doctor",
    description =
        "Shows JDK, compiler, instruction set, backend and its measured speed, data and Jupyter, and"
            + " what is missing.",
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
  private static final List<String> COMPILERS = List.of("cc", "gcc", "clang");

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    var machine = Host.machine();
    row(out, "reprise", Host.version());
    row(out, "jdk", machine.jdk() + " in " + System.getProperty("java.home"));
    row(out, "machine", machine.cpu() + ", " + machine.cores() + " cores, " + machine.os());
    row(
        out,
        "memory",
        new Bytes(Runtime.getRuntime().maxMemory()) + " for the JVM, the rest for native runs");
    Optional<Path> compiler =
        COMPILERS.stream().map(DoctorCommand::onPath).flatMap(Optional::stream).findFirst();
    row(
        out,
        "compiler",
        compiler
            .map(Path::toString)
            .orElse("none: apt-get install gcc (Debian), xcode-select --install (macOS)"));
    Backend backend = Backends.best();
    row(out, "backend", backend.info().toString());
    row(out, "speed", StepCost.measured(backend) + " on a small decoder");
    row(out, "home", Home.folder() + writable(Home.folder()));
    row(
        out,
        "data",
        Home.provided()
            .map(p -> p + (Files.isDirectory(p) ? "" : " (no such folder)"))
            .orElse("REPRISE_DATA is not set: published points are fetched when needed"));
    row(
        out,
        "jupyter",
        onPath("jupyter")
            .map(Path::toString)
            .orElse("none: apt-get install jupyter-notebook, or pip install jupyterlab"));
    out.flush();
    return 0;
  }

  private static void row(PrintWriter out, String name, String value) {
    out.printf("%-9s %s%n", name, value);
  }

  private static String writable(Path folder) {
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, "doctor", ".tmp"));
      return " (" + new Bytes(Files.getFileStore(folder).getUsableSpace()) + " free)";
    } catch (IOException failure) {
      return " CANNOT BE WRITTEN: " + failure + "; set REPRISE_HOME to another folder";
    }
  }

  private static Optional<Path> onPath(String program) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Arrays.stream(path.split(java.io.File.pathSeparator))
        .filter(folder -> !folder.isBlank())
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
