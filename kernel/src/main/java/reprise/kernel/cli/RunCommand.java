package reprise.kernel.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import reprise.dsl.RunFailure;
import reprise.kernel.display.Renderers;
import reprise.kernel.shell.Cell;
import reprise.kernel.shell.Outcome;
import reprise.kernel.shell.Shell;

/** {@code ./reprise run file.java}: the same lines as in a notebook or in JShell. */
@Command(
    name = "run",
    description =
        "Runs a Java file as a script: bare lines as in a notebook, or a main method; the words of"
            + " Reprise are imported.",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  @Parameters(paramLabel = "<file>", description = "a .java or .jsh file")
  private Path file;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    String text;
    try {
      text = Files.readString(file);
    } catch (NoSuchFileException missing) {
      throw new RunFailure("no file " + file.toAbsolutePath());
    }
    PrintWriter err = spec.commandLine().getErr();
    try (Shell shell = Shell.open()) {
      Outcome outcome = shell.eval(new Cell(file.getFileName().toString(), text));
      if (outcome instanceof Outcome.Done && declaresMain(text)) {
        outcome = shell.eval(new Cell(file.getFileName().toString(), "main();"));
      }
      return switch (outcome) {
        case Outcome.Value value -> {
          PrintWriter out = spec.commandLine().getOut();
          out.println(Renderers.render(value.value()).plain());
          out.flush();
          yield 0;
        }
        case Outcome.Done done -> 0;
        case Outcome.Failed failed -> {
          err.println(failed.failure().text());
          err.flush();
          yield Main.FAILED;
        }
        case Outcome.Stopped stopped -> Main.FAILED;
      };
    }
  }

  // a compact source file's main, without or with arguments
  private static boolean declaresMain(String text) {
    return text.lines().anyMatch(line -> line.matches("\\s*(static )?void main\\(\\)\\s*\\{?.*"));
  }
}
